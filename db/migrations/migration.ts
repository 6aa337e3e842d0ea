/** One step of the schema. Released steps are never edited; numbers go up in tens. */
export interface Migration {
  /** Becomes `user_version`. */
  readonly version: number;
  /** Run in order, all in the one transaction of the whole upgrade. */
  readonly statements: readonly string[];
}
