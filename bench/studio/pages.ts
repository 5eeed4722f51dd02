import type { BenchWorld } from './world.ts';

/** A page, and the control that people come for. */
export interface BenchPage {
  readonly name: string;
  readonly path: string;
  /** Finds the control; the page is of use when it is there. */
  readonly control: string;
  /** Nobody is signed in. */
  readonly isOpen?: boolean;
}

const NAMED = 'main input:not([type=search]):not([type=file])';

/** Every page of the studio, by its address. */
export function listPages(world: BenchWorld): BenchPage[] {
  return [
    { name: 'sign-in', path: '/sign-in', control: 'input[type=email]', isOpen: true },
    { name: 'gallery', path: '/connectors', control: 'main ul[aria-label=Connectors] a' },
    {
      name: 'new connector',
      path: '/connectors/new',
      control: 'main nav[aria-label="Ways to begin"] a, main nav button',
    },
    ...[...world.connectors].flatMap(([count, ids]) => listConnectorPages(count, ids)),
    { name: 'connections', path: '/connections', control: 'main table tbody a' },
    { name: 'connection', path: `/connections/${world.connectionId}`, control: 'main button' },
    { name: 'lists', path: '/lists', control: 'main table tbody a' },
    { name: 'list', path: `/lists/${world.listId}`, control: 'main [role=gridcell]' },
    { name: 'flows', path: '/flows', control: 'main table tbody a' },
    { name: 'flow', path: `/flows/${world.flowId}`, control: 'main [role=switch]' },
    {
      name: 'flow: definition',
      path: `/flows/${world.flowId}?tab=definition`,
      control: '.monaco-editor .view-line',
    },
    {
      name: 'large flow: definition',
      path: `/flows/${world.largeFlowId}?tab=definition`,
      control: '.monaco-editor .view-line',
    },
    { name: 'runs', path: '/runs', control: 'main table tbody a' },
    { name: 'large run', path: `/runs/${world.runId}`, control: 'main button[aria-expanded], main summary' },
    { name: 'settings', path: '/settings', control: 'main [role=tabpanel] button' },
    { name: 'settings: runs', path: '/settings?tab=runs', control: 'main [role=tabpanel] button' },
  ];
}

function listConnectorPages(
  count: number,
  { connectorId, draftId }: { connectorId: string; draftId: string },
): BenchPage[] {
  const page = `/connectors/${connectorId}`;
  const step = (name: string, control: string, more = '') => ({
    name: `${count}: ${name}`,
    path: `/connectors/drafts/${draftId}?step=${name}${more}`,
    control,
  });
  return [
    { name: `${count}: connector`, path: page, control: 'main ul[aria-label=Operations] button' },
    {
      name: `${count}: connector, test`,
      path: `${page}?tab=test`,
      control: 'main [role=tabpanel] :is(input, button, a)',
    },
    {
      name: `${count}: connector, about`,
      path: `${page}?tab=about`,
      control: 'main [role=tabpanel] :is(button, a)',
    },
    {
      name: `${count}: connector, versions`,
      path: `${page}?tab=versions`,
      control: 'main [role=tabpanel] :is(button, a)',
    },
    step('general', NAMED),
    step('security', 'section[aria-label=Security] :is(input, button)'),
    step('definition', 'section[aria-label=Definition] [role=option]'),
    step('policies', 'section[aria-label=Policies] button'),
    step('code', '.monaco-editor .view-line, section[aria-label=Code] button'),
    step('paging', 'section[aria-label=Paging] :is(input, button)'),
    step('test', 'section[aria-label=Test] :is(input, button)'),
    {
      ...step('definition', '.monaco-editor .view-line [class^=mtk]', '&view=document'),
      name: `${count}: document`,
    },
  ];
}
