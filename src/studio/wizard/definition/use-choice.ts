import { useCallback, useEffect, useState } from 'react';
import type { DefinitionItem } from '../../../connector/index.ts';
import { isWithin } from '../address/is-within.ts';
import type { WizardAddress } from '../address/use-address.ts';
import { type ListTab, readTab, tabOf } from './list-tab.ts';

interface Chosen {
  readonly pointer: string;
  readonly title: string;
  /** Of the editor: another one begins anew. */
  readonly key: string;
  /** What of it the address named when the editor began, into the OpenAPI document. */
  readonly shown?: string | undefined;
  /** The pointer that stands in the address. */
  readonly said: string;
}

interface Choice {
  readonly arrival: number;
  readonly tab: ListTab;
  /** Undefined: the first of the tab. */
  readonly chosen: Chosen | undefined;
}

interface SelectOptions {
  /** Among which it is: those of a definition that is not on the screen yet. */
  readonly from?: readonly DefinitionItem[];
  /** Somebody goes by, by keys: no step of the history. */
  readonly isPassing?: boolean | undefined;
}

const ROOT = '/openapi';

/**
 * What of a definition is chosen, as the address says it. What moves, because its address or its name is another one,
 * stays chosen, and its editor the same: whoever leaves a field by Tab comes to the next one.
 */
export function useChoice(items: readonly DefinitionItem[], address: WizardAddress) {
  const { arrival, show } = address;
  const [state, setState] = useState<Choice>(() => readChoice(items, address));
  const choice = state.arrival === arrival ? state : readChoice(items, address);
  if (choice !== state) setState(choice);
  const { tab, chosen } = choice;
  const current = findCurrent(items, choice);
  const key = chosen?.key ?? current?.pointer ?? '';
  const choose = (next: Omit<Choice, 'arrival'>) => setState({ ...next, arrival });

  // It moved: the address follows.
  const moved = chosen !== undefined && current !== undefined && current.pointer !== chosen.said;
  const pointer = moved ? current.pointer : undefined;
  useEffect(() => {
    if (pointer === undefined) return;
    setState((now) => (now.chosen ? { ...now, chosen: { ...now.chosen, pointer, said: pointer } } : now));
    show({ at: ROOT + pointer }, 'replace');
  }, [pointer, show]);

  return {
    tab,
    current,
    key,
    shown: chosen?.shown,
    select(wanted: string, { from = items, isPassing = false }: SelectOptions = {}) {
      const item = from.find((one) => one.pointer === wanted);
      choose({
        tab: item === undefined ? tab : tabOf(item),
        chosen: { pointer: wanted, title: item?.title ?? '', key: wanted, said: wanted },
      });
      show({ at: ROOT + wanted }, isPassing ? 'replace' : 'push');
    },
    move(to: string) {
      const said = chosen?.said ?? current?.pointer ?? '';
      choose({ tab, chosen: { pointer: to, title: current?.title ?? '', key, said } });
    },
    openTab(next: ListTab) {
      choose({ tab: next, chosen: undefined });
      show({ tab: next }, 'push');
    },
    /** The same operation has become one of the other kind. */
    setTab: (next: ListTab) => choose({ tab: next, chosen }),
    showPart: useCallback((part: string) => show({ at: ROOT + part }, 'replace'), [show]),
  };
}

function readChoice(items: readonly DefinitionItem[], { at = '', tab, arrival }: WizardAddress): Choice {
  const item = findItem(items, at);
  if (item === undefined) return { arrival, tab: readTab(tab), chosen: undefined };
  const { pointer, title } = item;
  // The same place again begins the editor anew: what was folded or scrolled away is shown.
  const shown = at.slice(ROOT.length);
  const chosen = { pointer, title, key: `${pointer} ${arrival}`, shown, said: pointer };
  return { arrival, tab: tabOf(item), chosen };
}

/** What a pointer into the definition leads to; what all operations of a path share is shown with the first. */
function findItem(items: readonly DefinitionItem[], at: string): DefinitionItem | undefined {
  const path = /^\/openapi(\/paths\/[^/]+)(?:\/parameters(?:\/|$)|$)/.exec(at)?.[1];
  return (
    items.find(({ pointer }) => isWithin(at, ROOT + pointer)) ??
    (path === undefined ? undefined : items.find(({ pointer }) => pointer.startsWith(`${path}/`)))
  );
}

/** What was chosen, wherever it stands now; else the first of the tab. */
function findCurrent(items: readonly DefinitionItem[], { tab, chosen }: Choice): DefinitionItem | undefined {
  const ofTab = items.filter((item) => tabOf(item) === tab);
  return (
    ofTab.find(({ pointer }) => pointer === chosen?.pointer) ??
    ofTab.find(({ title }) => title === chosen?.title) ??
    ofTab[0]
  );
}
