import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** A row of a dashboard is 24 wide. */
export const ROW = 24;
/** Colours of hosts, in the order of the chain, the same in every widget. */
const HOST_COLORS = ['#b9501f', '#2567b8', '#0b7d78', '#7446c2', '#8a6d00', '#5a606b'];
export const RED = '#bf1d38';
export const GREY = '#8d93a0';

export const hostColor = (index: number): string => HOST_COLORS[index % HOST_COLORS.length]!;

interface GraphOptions {
  readonly title: string;
  readonly metrics: cloudwatch.IMetric[];
  /** What the axis counts. */
  readonly label: string;
  readonly width?: number;
  readonly isStacked?: boolean;
  readonly marks?: cloudwatch.HorizontalAnnotation[];
}

export function graph({
  title,
  metrics,
  label,
  width = 8,
  isStacked = false,
  marks,
}: GraphOptions): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({
    title,
    left: metrics,
    leftYAxis: { label, showUnits: false, min: 0 },
    leftAnnotations: marks,
    stacked: isStacked,
    legendPosition: cloudwatch.LegendPosition.BOTTOM,
    width,
    height: 6,
  });
}

export function heading(text: string): cloudwatch.TextWidget {
  return new cloudwatch.TextWidget({
    markdown: `## ${text}`,
    width: ROW,
    height: 1,
    background: cloudwatch.TextWidgetBackground.TRANSPARENT,
  });
}

interface QueryOptions {
  readonly title: string;
  readonly logGroupName: string;
  readonly lines: string[];
  readonly width?: number;
}

/** Detail that would be too dear as metrics. */
export function logTable({ title, logGroupName, lines, width = 12 }: QueryOptions): cloudwatch.LogQueryWidget {
  return new cloudwatch.LogQueryWidget({
    title,
    logGroupNames: [logGroupName],
    queryLines: lines,
    view: cloudwatch.LogQueryVisualizationType.TABLE,
    width,
    height: 6,
  });
}
