/** A `$filter` as a tree. Positions are 0-based offsets in the text, for messages. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly operand: Filter }
  | {
      readonly kind: 'compare';
      readonly operator: Comparison;
      readonly field: Field;
      readonly value: Literal;
    }
  | { readonly kind: 'match'; readonly match: TextMatch; readonly field: Field; readonly value: Literal };

export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
export type TextMatch = 'startswith' | 'endswith' | 'contains';

export interface Field {
  /** `Status`, or `Author/Email`. */
  readonly name: string;
  readonly position: number;
}

export type Literal = { readonly position: number } & (
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'instant'; readonly value: string }
  | { readonly type: 'null'; readonly value: null }
);

export interface Order {
  readonly field: Field;
  readonly descending: boolean;
}
