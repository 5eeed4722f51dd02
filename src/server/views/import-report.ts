import type { ImportReport } from '../../api/index.ts';
import { type CompiledConnector, listOperationNeeds } from '../../connector/index.ts';
import type { ImportedDocument } from '../sources/import-document.ts';
import { viewOperations } from './connector-view.ts';

/** What an import makes, or why it makes nothing. */
export function createReport(
  { result, proposals }: ImportedDocument,
  compiled: CompiledConnector | undefined,
): ImportReport {
  return {
    ok: result.ok,
    format: result.format,
    title: compiled?.title,
    description: compiled?.description || undefined,
    baseUrl: compiled?.baseUrl || undefined,
    auth: [...new Set(compiled?.authentication.map((method) => method.kind))],
    operations: compiled ? viewOperations(compiled) : [],
    needs: compiled ? Object.fromEntries(listOperationNeeds(compiled.definition.openapi)) : {},
    proposals: [...proposals],
    warnings: [...result.warnings],
    errors: [...result.errors],
  };
}
