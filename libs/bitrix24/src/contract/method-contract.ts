import type { z } from 'zod';

/** A refusal as the documentation prints it. The description may hold a variable part in braces, such as {N}. */
export interface DocumentedRefusal {
  readonly httpStatus: number;
  readonly code: string;
  readonly description: string;
}

/** One REST method: what it takes, what it answers, and how it refuses. */
export interface MethodContract {
  /** Its documentation page. */
  readonly page: string;
  /** `app-only`: refused with WRONG_AUTH_TYPE when it comes through an inbound webhook. */
  readonly auth: 'app-only' | 'app-or-webhook';
  /** Any one of these scopes is enough; every application has `basic`. */
  readonly scopes: readonly string[];
  readonly params: z.ZodObject;
  readonly result: z.ZodType;
  /** The refusals of its own page; those that every method shares are in `commonRefusals`. */
  readonly refusals: Readonly<Record<string, DocumentedRefusal>>;
}

const DOCS = 'https://apidocs.bitrix24.com/api-reference';

/** Address of a documentation page: `telephony/telephony-external-call-show` -> https://... */
export const page = (path: string): string => `${DOCS}/${path}.html`;

/** Nearly all telephony refusals are HTTP 400 ERROR_CORE told apart by their text only. */
export const errorCore = (description: string): DocumentedRefusal => ({
  httpStatus: 400,
  code: 'ERROR_CORE',
  description,
});

/** The code of missing rights; what is missing is in the text. */
export const accessDenied = (description: string): DocumentedRefusal => ({
  httpStatus: 403,
  code: 'ACCESS_DENIED',
  description,
});

/** Refusals of the modules that give no code at all. */
export const withoutCode = (description: string): DocumentedRefusal => ({
  httpStatus: 400,
  code: '',
  description,
});
