import { describeError } from '../../../base/index.ts';
import { createDocumentService, type DocumentAnswer, type DocumentQuestion } from './document-service.ts';

const service = createDocumentService();

addEventListener('message', ({ data: { id, method, given } }: MessageEvent<DocumentQuestion>) => {
  postMessage(answer(id, () => (service[method] as (...all: readonly unknown[]) => unknown)(...given)));
});

function answer(id: number, work: () => unknown): DocumentAnswer {
  try {
    return { id, value: work() };
  } catch (error) {
    return { id, error: describeError(error) };
  }
}
