/**
 * Secrets at rest: AES-256-GCM with a data key per environment, wrapped by a master key or a key management
 * service. What is opened comes as a `Secret`.
 */
export { VAULT_ERRORS, VaultError } from './errors.ts';
export { createMasterKeyWrapper, type KeyWrapper } from './key-wrapper.ts';
export { loadMasterKey, type MasterKeyOptions } from './master-key.ts';
export { createTextSealer, type TextSealer } from './text-sealer.ts';
export { createVault, type DataKeyStore, type Vault, type VaultOptions } from './vault.ts';
