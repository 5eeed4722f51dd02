/**
 * Runs flows durably: `createEngine` gives the one object that starts runs, carries out what their state machines
 * decide, keeps the journal, and takes up after a crash what was under way.
 */
export { createEngine, type EngineOptions, type NodeRole } from './engine.ts';
export { ENGINE_ERRORS, EngineError } from './errors.ts';
export type { RunView } from './run-reader.ts';
export { loadRunSettings, type RunSettings, saveRunSettings } from './run-settings.ts';
export type {
  CallbackCall,
  Engine,
  EngineLog,
  HookAnswer,
  HookCall,
  RunProgress,
  Sealer,
  TriggerReport,
} from './types.ts';
