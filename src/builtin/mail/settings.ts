import type { Kysely } from 'kysely';
import { type EnvironmentId, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { type Database, findSetting, getDefaultEnvironment, saveSetting } from '../../store/index.ts';
import type { Vault } from '../../vault/index.ts';
import type { MailSettings } from './transport.ts';

const KEY = 'mail';
const CONTEXT = 'settings:mail';

/** What an administrator enters. A password that is left out stays; an empty one is removed. */
export interface MailSettingsInput {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly from: string;
}

export interface MailSettingsContext {
  readonly db: Kysely<Database>;
  readonly vault: Vault;
}

/** The mail settings with the password opened, or undefined when nobody has entered any. */
export async function loadMailSettings({
  db,
  vault,
}: MailSettingsContext): Promise<MailSettings | undefined> {
  const stored = await findSetting(db, KEY);
  const settings = readStored(stored);
  if (settings === undefined) return undefined;
  const sealed = isJsonObject(stored) ? stored['sealedPassword'] : undefined;
  if (typeof sealed !== 'string') return settings;
  const password = await vault.open(await findEnvironment(db), Buffer.from(sealed, 'base64'), CONTEXT);
  return { ...settings, password };
}

export async function saveMailSettings(
  { db, vault }: MailSettingsContext,
  input: MailSettingsInput,
): Promise<void> {
  const { password, user, ...rest } = input;
  const sealedPassword = await sealPassword({ db, vault }, password);
  const value: JsonObject = {
    ...rest,
    ...(user === undefined || user === '' ? {} : { user }),
    ...(sealedPassword === undefined ? {} : { sealedPassword }),
  };
  await saveSetting(db, KEY, value);
}

async function sealPassword(
  { db, vault }: MailSettingsContext,
  password: string | undefined,
): Promise<string | undefined> {
  if (password === '') return undefined;
  if (password === undefined) {
    const stored = await findSetting(db, KEY);
    const sealed = isJsonObject(stored) ? stored['sealedPassword'] : undefined;
    return typeof sealed === 'string' ? sealed : undefined;
  }
  return (await vault.seal(await findEnvironment(db), password, CONTEXT)).toString('base64');
}

async function findEnvironment(db: Kysely<Database>): Promise<EnvironmentId> {
  return (await getDefaultEnvironment(db)).id;
}

function readStored(value: Json | undefined): MailSettings | undefined {
  if (!isJsonObject(value)) return undefined;
  const { host, port, secure, user, from } = value;
  if (typeof host !== 'string' || host === '' || typeof port !== 'number' || typeof from !== 'string') {
    return undefined;
  }
  return { host, port, secure: secure === true, from, ...(typeof user === 'string' ? { user } : {}) };
}
