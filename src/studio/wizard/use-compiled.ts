import { useDeferredValue, useMemo } from 'react';
import { type CompiledConnector, type ConnectorDefinition, compileConnector } from '../../connector/index.ts';

/** The draft compiled, when the hands rest; undefined while it cannot be. */
export function useCompiled(definition: ConnectorDefinition): CompiledConnector | undefined {
  const settled = useDeferredValue(definition);
  return useMemo(() => {
    try {
      return compileConnector(settled);
    } catch {
      return undefined;
    }
  }, [settled]);
}
