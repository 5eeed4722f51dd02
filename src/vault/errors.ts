import { createErrorClass } from '../base/index.ts';

export const VAULT_ERRORS = {
  VAULT_KEY_INVALID: {
    status: 500,
    title: 'The master key is not valid',
    fix: 'Give 32 random bytes in base64 or hexadecimal: openssl rand -base64 32.',
  },
  VAULT_KEY_FILE: {
    status: 500,
    title: 'The file of the master key cannot be used',
    fix: 'Restore the file from a backup, or give the key in PATCHBAY_MASTER_KEY.',
  },
  VAULT_KEY_WRONG: {
    status: 500,
    title: 'The master key is not the one the secrets were sealed with',
    fix: 'Start with the master key that was used before (PATCHBAY_MASTER_KEY, or the file master.key in PATCHBAY_HOME).',
  },
  VAULT_ENVIRONMENT_MISSING: { status: 404, title: 'There is no such environment' },
  VAULT_SEALED_INVALID: {
    status: 500,
    title: 'A sealed value cannot be opened',
    fix: 'Enter the secret again.',
  },
} as const;

export const VaultError = createErrorClass('VaultError', VAULT_ERRORS);
