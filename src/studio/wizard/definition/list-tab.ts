import type { DefinitionItem } from '../../../connector/index.ts';

const TABS = ['action', 'trigger', 'shared'] as const;

export type ListTab = (typeof TABS)[number];

export function tabOf({ kind }: DefinitionItem): ListTab {
  return kind === 'action' || kind === 'trigger' ? kind : 'shared';
}

/** Of what stands in an address; the first where it is none. */
export function readTab(text: string | undefined): ListTab {
  return TABS.find((tab) => tab === text) ?? 'action';
}
