/** `breaking`: what worked stops working. `risky`: it may. `safe`: it goes on. */
export type ChangeClass = 'breaking' | 'risky' | 'safe';

/** What of an operation a change is about. */
export interface ChangedField {
  readonly in: 'parameter' | 'body' | 'response';
  /**
   * Of a parameter its name; of a body the name flows give it and the properties down to the field; of a response
   * the properties. `*` stands for each item of a list.
   */
  readonly path: readonly string[];
}

/** One difference between two versions of a connector. */
export interface ConnectorChange {
  readonly class: ChangeClass;
  /** A stable code: `OPERATION_REMOVED`, `FIELD_TYPE_CHANGED` … */
  readonly code: string;
  /** One sentence: what changed, where. */
  readonly message: string;
  /** Where, in the newer document; in the older one for what is gone. */
  readonly pointer: string;
  /** The operation by the id the older version gives it. */
  readonly operationId?: string;
  readonly field?: ChangedField;
}
