/** Somebody whose session or API key was recognised. */
export interface Principal {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: 'admin' | 'user';
  /** A cookie travels with requests that other sites cause; a key does not. */
  readonly by: 'session' | 'key';
  /** The browser session, where there is one. */
  readonly sessionId?: string;
}
