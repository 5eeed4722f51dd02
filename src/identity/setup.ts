import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Kysely } from 'kysely';
import { v7 as createId } from 'uuid';
import { isJsonObject, Secret } from '../base/index.ts';
import { type Database, saveSetting, takeSetting, withTransaction } from '../store/index.ts';
import { IdentityError } from './errors.ts';
import { hashToken } from './principal-cache.ts';

export interface SetupInput {
  /** From the one-time link. */
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

const SETTING = 'identity.setup';
const VALID_MS = 24 * 60 * 60 * 1000;
export const MIN_PASSWORD_LENGTH = 8;
export const MAX_PASSWORD_LENGTH = 128;

/** Whether there is nobody yet. */
export async function isSetupRequired(db: Kysely<Database>): Promise<boolean> {
  const somebody = await db.selectFrom('users').select('id').limit(1).executeTakeFirst();
  return somebody === undefined;
}

/** Makes the token of the one-time link; the one before it is void. Only its hash is kept. */
export async function createSetupToken(db: Kysely<Database>): Promise<Secret> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + VALID_MS).toISOString();
  await saveSetting(db, SETTING, { hash: hashToken(token).toString('base64'), expiresAt });
  return new Secret(token);
}

/**
 * Makes the administrator and voids the token, both or neither.
 *
 * @param hashPassword better-auth's, so that it can check the password at sign-in
 * @throws IdentityError IDENTITY_SETUP_DONE, IDENTITY_SETUP_TOKEN, IDENTITY_INPUT_INVALID
 */
export async function createAdministrator(
  db: Kysely<Database>,
  input: SetupInput,
  hashPassword: (password: string) => Promise<string>,
): Promise<void> {
  checkInput(input);
  const password = await hashPassword(input.password);
  await withTransaction(db, async (tx) => {
    // Taking the setting locks it: of two who use the link at once the second finds it gone.
    const isValid = matchesToken(await takeSetting(tx, SETTING), input.token);
    if (!(await isSetupRequired(tx))) {
      throw new IdentityError('IDENTITY_SETUP_DONE', 'There is an administrator already.');
    }
    if (!isValid)
      throw new IdentityError('IDENTITY_SETUP_TOKEN', 'The setup link is wrong, used or expired.');
    await insertAdministrator(tx, input, password);
  });
}

function matchesToken(setting: unknown, token: string): boolean {
  if (!isJsonObject(setting)) return false;
  const { hash, expiresAt } = setting;
  if (typeof hash !== 'string' || typeof expiresAt !== 'string') return false;
  return timingSafeEqual(Buffer.from(hash, 'base64'), hashToken(token)) && Date.parse(expiresAt) > Date.now();
}

async function insertAdministrator(tx: Kysely<Database>, input: SetupInput, password: string): Promise<void> {
  const id = createId();
  const { name } = input;
  await tx
    .insertInto('users')
    .values({ id, name, email: input.email.toLowerCase(), emailVerified: true, role: 'admin' })
    .execute();
  await tx
    .insertInto('accounts')
    .values({ id: createId(), userId: id, accountId: id, providerId: 'credential', password })
    .execute();
}

function checkInput({ name, email, password }: SetupInput): void {
  if (name.trim() === '') refuse('/name', 'The name is empty.');
  if (!/^[^\s@]+@[^\s@]+\.?[^\s@]*$/.test(email)) refuse('/email', 'The email address is not one.');
  if (password.length < MIN_PASSWORD_LENGTH || password.length > MAX_PASSWORD_LENGTH) {
    const range = `${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH}`;
    refuse('/password', `The password must have ${range} characters.`);
  }
}

function refuse(pointer: string, message: string): never {
  throw new IdentityError('IDENTITY_INPUT_INVALID', message, { pointer });
}
