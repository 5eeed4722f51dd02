/** What the store writes its few messages to; a pino logger fits. Never handed a secret. */
export interface StoreLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const SILENT_LOG: StoreLog = { info() {}, warn() {}, error() {} };
