import {
  ConnectorError,
  type HttpRequestPlan,
  type PolicyAnswer,
  readResponse,
  type WireResponse,
} from '../connector/index.ts';

/**
 * Runs work whose policies have to ask the service first: sends each question and hands the answer back. Work
 * without questions ends at once.
 */
export async function answerQuestions<Result>(
  work: Generator<HttpRequestPlan, Result, PolicyAnswer | undefined>,
  send: (question: HttpRequestPlan) => Promise<WireResponse>,
): Promise<Result> {
  let turn = work.next();
  while (turn.done !== true) turn = work.next(readPolicyAnswer(await send(turn.value)));
  return turn.value;
}

/** An answer nobody can read holds no value: the policy says so. */
function readPolicyAnswer(answer: WireResponse): PolicyAnswer {
  try {
    const { statusCode, body } = readResponse(undefined, answer);
    return { statusCode, body };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return { statusCode: answer.status, body: null };
  }
}
