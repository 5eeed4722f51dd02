/**
 * The connectors that ship with Patchbay: lists, mail and raw HTTP. Each is described by a definition like any
 * other; the gateway hands their calls to the handlers here.
 */
export { type Builtins, type BuiltinsOptions, createBuiltins } from './create-builtins.ts';
export { installBuiltins } from './install.ts';
export { checkFields } from './lists/check-fields.ts';
export { type Column, type ColumnType, readColumns } from './lists/columns.ts';
export { LIST_ERRORS, ListError } from './lists/errors.ts';
export { resolveFilter, resolveOrderBy } from './lists/resolve-query.ts';
export { MAIL_ERRORS } from './mail/errors.ts';
export { loadMailSettings, type MailSettingsInput, saveMailSettings } from './mail/settings.ts';
export { ODATA_ERRORS } from './odata/errors.ts';
