import { type Static, Type } from 'typebox'
import {
  CERTIFICATE_STATES,
  CertificateFacts,
  CREDIT_STANDINGS,
  CreditAccount,
  CreditArticle,
  CreditEntry,
  CreditYear,
  EXEMPTION_GROUNDS,
  EXEMPTION_STATES,
  HONOUR_STATES,
  TranscriptCode,
} from './credits.words.ts'
import type { Endpoint } from './endpoint.ts'
import { DateOn, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

const At = strict({ id: Id })
const Language = Type.Optional(oneOf(['zh-CN', 'en'] as const))
const Reason = Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' })
const Changed = Type.Object({ id: Id, state: Type.String() })

export const OwnCredits = Type.Object({
  account: CreditAccount,
  /** Years of which there is an account, newest first. */
  years: Type.Array(CreditYear),
  /** Hundredths from January to December. */
  months: Type.Array(Type.Integer()),
  /** What should have been reached by the end of the running quarter. */
  expected: nullable(Type.Integer()),
  quarterEndsOn: DateOn,
  /** Why this target, and why these hours. */
  articles: Type.Array(CreditArticle),
  /** What each rule gives on this day. */
  rates: Type.Array(Type.Object({ rule: Type.String(), hundredths: Type.Integer(), since: DateOn })),
})
export type OwnCredits = Static<typeof OwnCredits>

export const readMyCredits = {
  method: 'GET',
  path: '/my/credits',
  permission: 'signed-in',
  summary: 'My account of study: hours of the year, what is left, what counts and why',
  query: strict({ year: Type.Optional(CreditYear) }),
  reply: OwnCredits,
} as const satisfies Endpoint

export const listMyCredits = {
  method: 'GET',
  path: '/my/credits/entries',
  permission: 'signed-in',
  summary: 'The lines of my account, newest first',
  query: strict({ ...pageQuery(['on'] as const), year: CreditYear }),
  reply: pageOf(CreditEntry),
} as const satisfies Endpoint

export const OwnCertificate = Type.Object({
  id: Id,
  ...CertificateFacts.properties,
  state: oneOf(CERTIFICATE_STATES),
  /** As the length says; what the reviewers accepted once it counts. */
  hundredths: Type.Integer(),
  reason: nullable(Type.String()),
  submittedAt: InstantAt,
  fileId: Id,
  fileName: Type.String(),
})
export type OwnCertificate = Static<typeof OwnCertificate>

export const listMyCertificates = {
  method: 'GET',
  path: '/my/credits/certificates',
  permission: 'signed-in',
  summary: 'Certificates of trainings elsewhere that I handed in',
  reply: Type.Object({ rows: Type.Array(OwnCertificate) }),
} as const satisfies Endpoint

export const submitCertificate = {
  method: 'POST',
  path: '/my/credits/certificates',
  permission: 'signed-in',
  summary: 'Hand in the certificate of a training elsewhere, as a picture or PDF',
  body: strict({ ...CertificateFacts.properties, fileId: Id }),
  reply: Changed,
} as const satisfies Endpoint

export const withdrawCertificate = {
  method: 'POST',
  path: '/my/credits/certificates/:id/withdraw',
  permission: 'signed-in',
  summary: 'Take a certificate back that nobody has decided on',
  params: At,
  body: strict({}),
  reply: Changed,
} as const satisfies Endpoint

export const OwnExemption = Type.Object({
  id: Id,
  year: CreditYear,
  ground: oneOf(EXEMPTION_GROUNDS),
  state: oneOf(EXEMPTION_STATES),
  bySelf: Type.Boolean(),
  reason: Type.String(),
  answer: nullable(Type.String()),
  appliedAt: InstantAt,
})
export type OwnExemption = Static<typeof OwnExemption>

export const listMyExemptions = {
  method: 'GET',
  path: '/my/credits/exemptions',
  permission: 'signed-in',
  summary: 'Whether I asked to be freed from the hours of a year, and the answer',
  reply: Type.Object({ rows: Type.Array(OwnExemption), article: CreditArticle }),
} as const satisfies Endpoint

export const applyForMyself = {
  method: 'POST',
  path: '/my/credits/exemptions',
  permission: 'signed-in',
  summary: 'Ask to be freed from the hours of a year because of age or illness',
  body: strict({ year: CreditYear, ground: oneOf(EXEMPTION_GROUNDS), reason: Reason }),
  reply: Changed,
} as const satisfies Endpoint

export const withdrawExemption = {
  method: 'POST',
  path: '/my/credits/exemptions/:id/withdraw',
  permission: 'signed-in',
  summary: 'Take my application back, or end my exemption',
  params: At,
  body: strict({}),
  reply: Changed,
} as const satisfies Endpoint

export const OwnTranscript = Type.Object({
  id: Id,
  year: CreditYear,
  hundredths: Type.Integer(),
  issuedAt: InstantAt,
  sha256: Type.String(),
  /** A later entry changed the account: the sheet says what was so then. */
  isSuperseded: Type.Boolean(),
})
export type OwnTranscript = Static<typeof OwnTranscript>

export const listMyTranscripts = {
  method: 'GET',
  path: '/my/credits/transcripts',
  permission: 'signed-in',
  summary: 'Transcripts that were issued to me',
  reply: Type.Object({ rows: Type.Array(OwnTranscript) }),
} as const satisfies Endpoint

export const issueMyTranscript = {
  method: 'POST',
  path: '/my/credits/transcript',
  permission: 'signed-in',
  summary: 'My transcript of a year, sealed, with a code that anyone can check',
  body: strict({ year: CreditYear, language: Language }),
  download: 'application/pdf',
  reply: FileReply,
} as const satisfies Endpoint

export const OwnHonour = Type.Object({
  id: Id,
  year: CreditYear,
  title: Type.String(),
  state: oneOf(HONOUR_STATES),
  certificateNo: nullable(Type.String()),
})
export const listMyHonours = {
  method: 'GET',
  path: '/my/credits/honours',
  permission: 'signed-in',
  summary: 'Honours that were confirmed to me for what I learned',
  reply: Type.Object({ rows: Type.Array(OwnHonour) }),
} as const satisfies Endpoint

/** What anyone may know of a transcript: enough to compare it with the paper, and no more. */
export const VerifiedTranscript = Type.Object({
  /** The name with all but its first letter hidden. */
  name: Type.String(),
  year: CreditYear,
  hundredths: Type.Integer(),
  target: nullable(Type.Integer()),
  standing: oneOf(CREDIT_STANDINGS),
  issuedAt: InstantAt,
  issuer: Type.String(),
  isSuperseded: Type.Boolean(),
  /** SHA-256 of the file that was issued, hexadecimal. */
  sha256: Type.String(),
  /** Ed25519 over the text of the transcript, and the key of this installation, both base64url. */
  signedText: Type.String(),
  signature: Type.String(),
  publicKey: Type.String(),
})
export type VerifiedTranscript = Static<typeof VerifiedTranscript>

export const verifyTranscript = {
  method: 'POST',
  path: '/transcripts/verify',
  permission: 'public',
  summary: 'What stands behind the check code of a transcript',
  body: strict({ code: TranscriptCode }),
  reply: VerifiedTranscript,
} as const satisfies Endpoint
