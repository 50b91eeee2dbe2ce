const FONT = "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";
export const INK = '#1f2933';
export const PALE_INK = '#52606d';

export interface Picture {
  readonly height: number;
  readonly fontSize: number;
  /** For those who cannot see it. */
  readonly label: string;
  readonly title: string;
  readonly subtitle: string;
  /** Base line of the title. */
  readonly titleY: number;
  /** SVG elements, a line each, 1000 wide. */
  readonly body: string;
}

/** A picture of the documentation: a white sheet with a title, that can be read on a dark page too. */
export function picture({ height, fontSize, label, title, subtitle, titleY, body }: Picture): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 ${height}" font-family="${FONT}" font-size="${fontSize}" role="img" aria-label="${label}">
  <rect width="1000" height="${height}" rx="14" fill="#ffffff"/>
  <text x="24" y="${titleY}" font-size="17" font-weight="600" fill="${INK}">${title}</text>
  <text x="24" y="${titleY + 22}" fill="${PALE_INK}">${subtitle}</text>
${body}
</svg>
`;
}
