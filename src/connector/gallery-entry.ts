import { readCategories } from './categories.ts';
import type { CompiledConnector } from './types.ts';

/** What lists and galleries show of a connector without reading its definition. The icon is a data URL. */
export function describeForGallery(connector: CompiledConnector) {
  const { definition, icon, operations } = connector;
  const { publisher } = definition.properties;
  return {
    title: connector.title,
    description: connector.description,
    publisher: typeof publisher === 'string' && publisher !== '' ? publisher : undefined,
    brandColor: connector.iconBrandColor,
    icon: icon && `data:${icon.mediaType};base64,${icon.base64}`,
    operationCount: operations.length,
    categories: readCategories(definition),
    operations: operations.filter(({ visibility }) => visibility !== 'internal').map(toListed),
    format: definition.source.format,
  };
}

function toListed({ operationId, summary, method, path, kind }: CompiledConnector['operations'][number]) {
  return { operationId, summary, method, path, kind };
}
