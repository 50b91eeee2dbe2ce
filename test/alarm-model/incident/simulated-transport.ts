import { Transport, type Origin } from '../../../lambda/hosts/transport';
import type { SimulatedPlace } from './simulated-place';

/** Leads to the simulated places, by their base URLs, and to nowhere else. */
export class SimulatedTransport extends Transport {
  constructor(private readonly places: ReadonlyMap<string, SimulatedPlace>) {
    super();
  }

  override origin(baseUrl: string): Origin {
    const url = new URL(baseUrl);
    const basePath = url.pathname.replace(/\/+$/, '');
    return {
      url,
      basePath,
      send: (request, signal) => {
        const place = this.places.get(url.origin);
        if (place === undefined) throw new Error(`nothing is simulated at ${url.origin}`);
        return place.send({ ...request, path: basePath + request.path }, signal);
      },
    };
  }
}
