/** What a page shows, as plain data with unescaped texts. `docs.ts` decides what it means, `templates/docs` how it reads. */

/** Prose, code, a link that a schema declares, or a link to a page of ours. */
export type Piece = string | { readonly code: string } | { readonly url: string; readonly title?: string } | { readonly code: string; readonly page: string };

/** One line of details: a label of ours, what stands behind it, and a list below it. */
export interface Detail {
  readonly label: string;
  readonly pieces: readonly Piece[];
  readonly items?: readonly (readonly Piece[])[];
}

/** A row of a table of fields. */
export interface FieldRow {
  /** As in a record. */
  readonly path: string;
  /** Where its details are: an anchor on this page, or another page with an anchor. */
  readonly anchor: string;
  readonly type: readonly Piece[];
  /** `required`, `optional`, and for a field in a variant when. */
  readonly presence: readonly Piece[];
  readonly brief: string;
  /** Short words of warning before the brief: deprecated, personal, experimental. */
  readonly marks: readonly (readonly Piece[])[];
}

export interface FieldView extends FieldRow {
  readonly description: string | undefined;
  readonly note: string | undefined;
  readonly details: readonly Detail[];
}

/** A query to start from, and one sentence above it. */
export interface PageQuery {
  readonly intro: string;
  readonly sql: string;
}

/** What every page of a definition shows. */
export interface Page {
  readonly header: string;
  readonly title: string;
  readonly brief: string;
  readonly description?: string;
  readonly note?: string;
  readonly about: readonly Detail[];
  /** From this page to the index. */
  readonly home: string;
}

/** A page of a definition with fields of its own. */
export interface DefinitionPage extends Page {
  readonly fields: readonly FieldView[];
  /** None for a group, which no record holds by itself. */
  readonly queries: readonly PageQuery[];
}

export interface EventPage extends Page {
  readonly sections: readonly EventSection[];
  readonly query: PageQuery;
}

/** One partial on an event's page. */
export interface EventSection {
  readonly name: string;
  readonly page: string;
  readonly presence: "required" | "optional";
  readonly brief: string;
  readonly repeatable: string;
  readonly fields: readonly FieldRow[];
}

/** A table with our own column names. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (readonly Piece[])[])[];
}

export interface IndexPage {
  readonly header: string;
  readonly summary: string;
  readonly guide: readonly (readonly Piece[])[];
  readonly sections: readonly { readonly title: string; readonly intro: string; readonly table: Table }[];
}

export interface FieldList {
  readonly header: string;
  readonly intro: string;
  readonly table: Table;
}
