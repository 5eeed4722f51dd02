import type { SourceClient } from './fetch-file.ts';

/** The client with its calls ended by a signal, and each answer reported by its size. */
export function watchHttp(
  http: SourceClient,
  signal: AbortSignal,
  onAnswer: (bytes: number) => void,
): SourceClient {
  return {
    async send(request) {
      const answer = await http.send({ ...request, signal });
      onAnswer(answer.body.length);
      return answer;
    },
  };
}
