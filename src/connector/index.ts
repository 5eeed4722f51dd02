/**
 * What a connector is: its definition, the importers that make one, the compiled form that everything else
 * shares, and the pure steps that turn inputs into a request and an answer into a result.
 */

export { findUnconfirmed, listAddresses } from './addresses/list-addresses.ts';
export { decodeBase64, encodeBase64 } from './base64.ts';
export { readCategories, setCategories } from './categories.ts';
export {
  type CertificationFix,
  certifyConnector,
  type FixSelection,
  fixCertification,
} from './certify/certify.ts';
export { CERTIFICATION_GROUPS } from './certify/rules.ts';
export type { CertificationFinding, CertificationSeverity, CertifyOptions } from './certify/types.ts';
export { CATEGORIES } from './certify/words.ts';
export { checkConnector, summarizeConnector } from './check-connector.ts';
export { compileAuthentication } from './compile/compile-authentication.ts';
export { compileConnector } from './compile/compile-connector.ts';
export type {
  ApiAnnotation,
  NotificationContent,
  OperationExtensions,
} from './compile/operation-extensions.ts';
export { findRateLimit } from './compile/rate-limit.ts';
export { SERVER_URL } from './compile/server-parameters.ts';
export type {
  ConnectorDefinition,
  ConnectorFormat,
  ConnectorProperties,
  ConnectorReport,
  ImportFile,
  ImportResult,
  ImportSource,
} from './definition-types.ts';
export { applyEdit } from './diagnose/apply-edit.ts';
export { compareAnswer } from './diagnose/compare-answer.ts';
export { compareExample } from './diagnose/compare-example.ts';
export { listCredentialFacts } from './diagnose/credential-facts.ts';
export { diagnoseCall } from './diagnose/diagnose-call.ts';
export { type CheckExpectations, judgeCheck } from './diagnose/judge-check.ts';
export { shortenExample } from './diagnose/save-example.ts';
export { showSent } from './diagnose/show-sent.ts';
export type {
  CallExchange,
  Cause,
  CredentialFact,
  DefinitionEdit,
  SchemaDifference,
} from './diagnose/types.ts';
export { diffDefinitions } from './diff/diff-definitions.ts';
export type { ChangeClass, ChangedField, ConnectorChange } from './diff/types.ts';
export { type Completion, completeText } from './document/complete-text.ts';
export { describeText } from './document/describe-text.ts';
export { editText } from './document/edit-text.ts';
export { findPath, locatePointer } from './document/locate.ts';
export { mergeJson, shareParts } from './document/merge-json.ts';
export { printText } from './document/print-text.ts';
export { type ReadableText, readText } from './document/read-text.ts';
export { checkDocument } from './document/schema/check-document.ts';
export type { DocumentPart } from './document/schema/document-schema.ts';
export type { TextError, TextFormat, TextSpan } from './document/text-types.ts';
export { followPath } from './dynamic/follow-path.ts';
export { type LocatedField, locateField, locateInSchema } from './dynamic/locate-field.ts';
export { type DynamicContext, listReferences, planDynamicCall } from './dynamic/plan-call.ts';
export {
  type DynamicAnswer,
  listDynamicCalls,
  planDynamic,
  readDynamicAnswer,
} from './dynamic/plan-dynamic.ts';
export { readDynamicSource, readSchemaSource } from './dynamic/read-source.ts';
export type {
  DynamicCall,
  DynamicOption,
  DynamicPlan,
  DynamicSource,
  MissingInput,
  TreeNode,
} from './dynamic/types.ts';
export {
  addConnectionParameter,
  createSecuritySet,
  moveConnectionParameter,
  type OAuthForm,
  readOAuthForm,
  readParameterForm,
  removeConnectionParameter,
  renameConnectionParameter,
  type SecurityKind,
  setOAuthForm,
  setParameterForm,
  setSecurityKind,
} from './edit/change-security.ts';
export { createBlankDefinition } from './edit/create-blank.ts';
export { editAt, moveItem, putMember } from './edit/edit-at.ts';
export { DEFAULT_BRAND_COLOR, type GeneralInfo, readGeneral, setGeneral, setIcon } from './edit/general.ts';
export {
  importRequestSample,
  importResponseSample,
  importSchemaSample,
  type SampleMode,
} from './edit/import-sample.ts';
export { isDefinition } from './edit/is-definition.ts';
export { keepOperations } from './edit/keep-operations.ts';
export { listCallable } from './edit/list-callable.ts';
export {
  type DefinitionItem,
  isSharedKind,
  listDefinitionItems,
  type SharedKind,
} from './edit/list-items.ts';
export { listOperationNeeds } from './edit/list-needs.ts';
export {
  deleteMediaExample,
  listMediaExamples,
  type MediaExample,
  setMediaExample,
} from './edit/media-examples.ts';
export {
  addOperation,
  checkOperationId,
  deleteOperation,
  duplicateOperation,
  editDocument,
  editOperation,
  type Placed,
  renameOperation,
  setAddress,
  shiftOperation,
} from './edit/operation-edits.ts';
export { listPaging, type PagingEntry, previewPaging, setPaging } from './edit/paging.ts';
export {
  addParameter,
  applyUrl,
  deleteParameter,
  listParameters,
  moveParameter,
  type ParameterPlace,
  renameParameter,
  setParameterMember,
} from './edit/parameter-edits.ts';
export { type ParsedUrl, parseOperationUrl } from './edit/parse-operation-url.ts';
export {
  addPolicy,
  checkPolicyField,
  deletePolicy,
  duplicatePolicy,
  listPolicies,
  movePolicy,
  type PolicyEntry,
  setPolicyOperations,
  setPolicyParameter,
  setPolicySection,
  setPolicyTitle,
} from './edit/policies.ts';
export { previewPolicy } from './edit/preview-policy.ts';
export {
  type DraftProblem,
  type DraftStep,
  listDraftProblems,
} from './edit/problems.ts';
export { makeSampleAnswer } from './edit/sample-answer.ts';
export {
  addField,
  checkFieldName,
  deleteField,
  type EnumValue,
  isNullable,
  moveField,
  readEnum,
  readType,
  readValue,
  renameField,
  SCHEMA_TYPES,
  type SchemaType,
  setEnum,
  setFieldRequired,
  setNullable,
  setType,
} from './edit/schema-edits.ts';
export { listSchemaRows, type SchemaRow } from './edit/schema-rows.ts';
export { EMPTY_SCRIPT, setScript, setScriptOperations } from './edit/script.ts';
export { readSecurity, type SecuritySet, setSecurity } from './edit/security.ts';
export { formatServer, readServer, type ServerParts, setServer, splitAddress } from './edit/server-url.ts';
export {
  addShared,
  checkSharedName,
  countUses,
  deleteShared,
  duplicateShared,
  renameShared,
} from './edit/shared-edits.ts';
export {
  addUnsubscribe,
  findCallbackField,
  findUnsubscribe,
  listBodyFields,
  readTriggerKind,
  setCallbackField,
  setTriggerKind,
  type TriggerKind,
} from './edit/trigger-edits.ts';
export { CONNECTOR_ERRORS, ConnectorError } from './errors.ts';
export { listRequestExamples, listResponseExamples } from './examples/list-examples.ts';
export { toMethodName } from './export/client/names.ts';
export { nameClient } from './export/client/to-client.ts';
export { exportConnector } from './export/export-connector.ts';
export { listExportNotes } from './export/notes/list-export-notes.ts';
export { EXPORT_NOTES, type ExportNote } from './export/notes/notes.ts';
export { EXPORT_FORMATS, type ExportedFile, type ExportFormat, type ExportOptions } from './export/types.ts';
export { packFiles } from './export/zip.ts';
export { describeForGallery } from './gallery-entry.ts';
export { listFileReferences } from './import/external-refs/bundle-files.ts';
export { importConnector, type OnImportStep } from './import/import-connector.ts';
export { IMPORT_PROBLEMS, type ImportProblemCode } from './import/problems.ts';
export { isZip, unpackArchive } from './import/zip/expand-archive.ts';
export {
  buildAuthorizationUrl,
  buildTokenRequest,
  type OAuthRequester,
  type TokenRequest,
} from './oauth/build-requests.ts';
export { describeProviderError, type ProviderError } from './oauth/describe-provider-error.ts';
export { findFreeHost } from './oauth/free-hosts.ts';
export { findIdentityProvider, IDENTITY_PROVIDERS } from './oauth/identity-providers.ts';
export { withoutSecrets } from './oauth/leave-secrets-out.ts';
export { OAUTH_ERRORS, OAuthError } from './oauth/oauth-errors.ts';
export type { IdentityProvider, OAuthApplication, OAuthPlan } from './oauth/oauth-types.ts';
export { readTokenAnswer, type TokenAnswer } from './oauth/read-token-response.ts';
export { addTokenFields } from './oauth/token-fields.ts';
export { findSuperseded } from './offered-operations.ts';
export { isMethod } from './operations.ts';
export { detectPaging, type PagingProposal, recognizePaging } from './paging/detect-paging.ts';
export { type FoundItems, findItems } from './paging/find-items.ts';
export { type NextPage, planNextPage } from './paging/next-page.ts';
export type { PageAnswer, Paging } from './paging/paging-types.ts';
export {
  declarePaging,
  type OperationProposal,
  proposePaging,
} from './paging/propose-paging.ts';
export { PAGING_EXTENSION, readPaging } from './paging/read-paging.ts';
export type { ParameterStyle } from './parameter-styles.ts';
export { applyRequestPolicies } from './policies/apply-request-policies.ts';
export { applyResponsePolicies, runResponsePolicies } from './policies/apply-response-policies.ts';
export { checkPolicy } from './policies/check-policy.ts';
export { findPolicyTemplate, POLICY_TEMPLATES } from './policies/policy-templates.ts';
export type {
  PolicyAnswer,
  PolicyExample,
  PolicyParameter,
  PolicyTemplate,
} from './policies/policy-types.ts';
export type { PolicyNote } from './policies/run-policies.ts';
export { applyCredentials, setHeader } from './request/apply-credentials.ts';
export { applyDefaults } from './request/apply-defaults.ts';
export { type BuildOptions, buildRequest } from './request/build-request.ts';
export { checkInputs } from './request/check-inputs.ts';
export { chooseCredentials, findMethodFor } from './request/choose-credentials.ts';
export { finishRequest } from './request/finish-request.ts';
export { writeMultipartAround } from './request/multipart.ts';
export { type OnStep, prepareAsking, prepareRequest, traceSteps } from './request/prepare-request.ts';
export { type HttpInputs, readHttpInputs, readInputs } from './request/read-inputs.ts';
export { redactInputs, redactRequest } from './request/redact-request.ts';
export { makeSampleConnection } from './request/sample-connection.ts';
export { makeSampleInputs } from './request/sample-inputs.ts';
export type {
  ConnectionValues,
  HeaderEntry,
  HttpRequestPlan,
  MultipartPart,
  OperationInputs,
  OperationResult,
  QueryEntry,
  RequestContent,
  RequestContext,
  Text,
  TracedStep,
  WireRequest,
  WireResponse,
} from './request-types.ts';
export { advancePoll } from './response/advance-poll.ts';
export { type AnsweredOperation, readResponse } from './response/read-response.ts';
export { inferSchemaFromTexts } from './samples/infer-from-texts.ts';
export { createScriptSkeleton } from './script/create-skeleton.ts';
export {
  type ConnectorScript,
  type CustomCodeMark,
  findScript,
  isScriptFile,
  listOperationsToPort,
  markCustomCode,
} from './script/find-script.ts';
export { SCRIPT_TYPES } from './script/script-types.ts';
export type {
  AuthenticationKind,
  AuthenticationMethod,
  BodyKind,
  CompiledBody,
  CompiledConnector,
  CompiledOperation,
  CompiledParameter,
  CompiledResponse,
  CompiledServer,
  CompiledTrigger,
  ConnectionParameter,
  ConnectionParameterType,
  CredentialRule,
  OperationMatch,
  ParameterLocation,
  PolicySection,
  PolicyStep,
  RateLimit,
  Visibility,
} from './types.ts';
export { findUnsubscription, type Unsubscription } from './webhooks/find-unsubscription.ts';
export { placeCallbackUrl } from './webhooks/place-callback-url.ts';
