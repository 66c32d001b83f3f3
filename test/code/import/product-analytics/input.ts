const surfaces = ["web", "ios", "android"] as const;
type Surface = (typeof surfaces)[number];

/** A page was looked at. */
interface PageViewed {
  kind: "page_viewed";
  path: string;
  referrer?: string | undefined;
}

/** A button was pressed. */
interface ButtonClicked {
  kind: "button_clicked";
  buttonId: string;
  position: { x: number; y: number };
}

interface Searched {
  kind: "searched";
  /** @sensitivity personal */
  query: string;
  results: number;
  filters: Record<string, string | string[]>;
}

type Action = PageViewed | ButtonClicked | Searched;

/** What the visitor did. */
interface Interaction {
  action: Action;
  history?: Action[];
  surface: Surface;
  viewport?: [width: number, height: number];
}

/** Which variants of running experiments the visitor saw. */
type Experiments = {
  assignments: { [experiment: string]: "control" | "treatment" };
  holdout?: boolean;
};

interface Visitor {
  anonymousId: string;
  traits?: Record<string, unknown>;
  country: Uppercase<string>;
  locale: `${string}-${Uppercase<string>}`;
  firstSeen: Date | string;
}

export interface Registry {
  interaction: Interaction;
  experiments: Experiments;
  visitor: Visitor;
}
