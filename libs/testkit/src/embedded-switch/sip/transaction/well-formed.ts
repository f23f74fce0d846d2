import { headerOf, listOf, parseNameAddr, parseVia, type SipRequest } from '../message';

const REQUIRED = ['From', 'To', 'Call-ID', 'CSeq'];

/**
 * What is wrong with a request, in words for the answer 400; undefined = nothing. "unanswerable": it lacks what an
 * answer needs to find its way back.
 */
export function fault(request: SipRequest): string | undefined {
  const via = parseVia(listOf(request, 'Via')[0] ?? '');
  const missing = REQUIRED.find((name) => headerOf(request, name) === undefined);
  if (!via || missing !== undefined) return 'unanswerable';
  const [number = '', method] = (headerOf(request, 'CSeq') ?? '').split(/\s+/);
  if (!/^\d{1,10}$/.test(number) || method !== request.method) return 'Bad CSeq';
  if (!parseNameAddr(headerOf(request, 'From') ?? '')) return 'Bad From';
  if (!parseNameAddr(headerOf(request, 'To') ?? '')) return 'Bad To';
  const hops = headerOf(request, 'Max-Forwards');
  return hops !== undefined && !/^\d{1,3}$/.test(hops) ? 'Bad Max-Forwards' : undefined;
}
