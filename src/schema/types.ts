/** What is wrong with a value, and where. */
export interface SchemaProblem {
  /** JSON pointer into the value. */
  readonly pointer: string;
  /** A predicate: `must be a string`. */
  readonly message: string;
  /** The member of the object that is too much. */
  readonly member?: string;
}
