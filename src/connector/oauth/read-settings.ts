import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';

/** The `oAuthSettings` of a definition, read without regard to the case of names. */
export interface OAuthSettings {
  readonly identityProvider: string;
  readonly clientId: string | undefined;
  readonly scopes: readonly string[];
  /** What stands between scopes that are written in one text; undefined where each stands alone, or blanks do. */
  readonly scopeDelimiter: ',' | undefined;
  /** Values of `customParameters` by lower-case name; those without a value are left out. */
  readonly custom: Readonly<Record<string, string>>;
  /** `AzureActiveDirectoryResourceId` of `properties`. */
  readonly resource: string | undefined;
}

/** Reads what a definition says about signing in, whatever the dialect; nothing is refused here. */
export function readOAuthSettings(settings: JsonObject): OAuthSettings {
  const get = createReader(settings);
  const properties = get('properties');
  const resource = isJsonObject(properties)
    ? createReader(properties)('azureactivedirectoryresourceid')
    : undefined;
  const clientId = readText(get('clientid'));
  return {
    identityProvider: readText(get('identityprovider')) ?? 'oauth2',
    clientId: clientId === undefined || isPlaceholderText(clientId) ? undefined : clientId,
    scopes: readScopes(get('scopes') ?? get('scope')),
    scopeDelimiter: isCommaList(get('scopes') ?? get('scope')) ? ',' : undefined,
    custom: readCustom(get('customparameters')),
    resource: isFilled(readText(resource)) ? readText(resource) : undefined,
  };
}

function createReader(object: JsonObject): (name: string) => Json | undefined {
  const byName = new Map(Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => byName.get(name);
}

function readCustom(written: Json | undefined): Record<string, string> {
  const custom: Record<string, string> = {};
  for (const [name, entry] of Object.entries(isJsonObject(written) ? written : {})) {
    const value = isJsonObject(entry) ? entry['value'] : entry;
    const text = typeof value === 'boolean' || typeof value === 'number' ? String(value) : readText(value);
    if (text !== undefined) custom[name.toLowerCase()] = moveConsent(text);
  }
  return custom;
}

/** Where Power Platform is told the answer; here it goes to Patchbay's own address. */
const CONSENT_URL =
  /https(?::\/\/|%3a%2f%2f)[\w.-]*consent\.azure-[\w.-]+?(?:\/|%2f)redirect(?:(?:\/|%2f)[\w.%~-]*)?/gi;

function moveConsent(text: string): string {
  return text.replace(CONSENT_URL, '{RedirectUrl}');
}

/** A list, or one text with several, parted by blanks or commas. A scope may hold blanks itself where it is quoted. */
function readScopes(written: Json | undefined): string[] {
  const list = Array.isArray(written) ? written : [written];
  return list
    .flatMap((one) => (readText(one) ?? '').split(/[\s,]+/))
    .filter((scope) => scope !== '' && isFilled(scope));
}

/** Such a text goes to the provider as it stands. */
function isCommaList(written: Json | undefined): boolean {
  const texts = [written ?? []].flat().filter((one) => typeof one === 'string');
  return texts.some((text) => /\S,\S/.test(text)) && !texts.some((text) => /\S\s\S/.test(text.trim()));
}

function readText(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Texts that say "put yours here" in the words of many authors. */
const PLACEHOLDER_TEXT =
  /[<>{}[\]*()\s]|^0{8}-|dummy|replace|placeholder|client[-_ ]?id|app(?:lication)?[-_ ]?id|^your|^todo|^xxx|^required$|^value-from|change_?me|^test$|^x+$/i;

function isPlaceholderText(text: string): boolean {
  return PLACEHOLDER_TEXT.test(text);
}

/** Not one of the doubled brackets that ask to be replaced. */
function isFilled(text: string | undefined): boolean {
  return text !== undefined && !/^(?:\{\{|<<|\[\[|<)/.test(text);
}
