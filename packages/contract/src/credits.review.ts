import { type Static, Type } from 'typebox'
import {
  CERTIFICATE_STATES,
  CertificateFacts,
  CreditArticle,
  CreditYear,
  EXEMPTION_GROUNDS,
  EXEMPTION_STATES,
  HONOUR_STATES,
  Hundredths,
} from './credits.words.ts'
import type { Endpoint } from './endpoint.ts'
import { Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

/** What people decide: certificates of trainings elsewhere, exemptions, honours. */

const At = strict({ id: Id })
const Text = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' })
const Why = Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' })
const Changed = Type.Object({ id: Id, state: Type.String() })

export const CertificateRow = Type.Object({
  id: Id,
  memberId: Id,
  name: Type.String(),
  orgName: Type.String(),
  ...CertificateFacts.properties,
  state: oneOf(CERTIFICATE_STATES),
  claimed: Type.Integer(),
  accepted: nullable(Type.Integer()),
  needsSecond: Type.Boolean(),
  checkedBy: nullable(Type.String()),
  acceptedBy: nullable(Type.String()),
  reason: nullable(Type.String()),
  submittedAt: InstantAt,
  fileId: Id,
  fileName: Type.String(),
  can: Type.Object({ check: Type.Boolean(), accept: Type.Boolean() }),
})
export type CertificateRow = Static<typeof CertificateRow>

export const listCertificates = {
  method: 'GET',
  path: '/credits/certificates',
  permission: 'learning.read',
  summary: 'Certificates that people of the scope handed in',
  query: strict({
    ...pageQuery(['submittedAt', 'name'] as const),
    state: Type.Optional(oneOf(CERTIFICATE_STATES)),
    /** Only those that wait for a reviewer. */
    waiting: Type.Optional(Type.Boolean()),
    orgId: Type.Optional(Id),
    below: Type.Optional(Type.Boolean()),
    text: Type.Optional(Text(60)),
  }),
  reply: pageOf(CertificateRow),
} as const satisfies Endpoint

export const checkCertificate = {
  method: 'POST',
  path: '/credits/certificates/:id/check',
  permission: 'learning.write',
  summary: 'The branch accepts a certificate with hours; above the limit it waits for a second hand',
  params: At,
  body: strict({ hundredths: Type.Integer({ minimum: 1, maximum: 40_000 }), note: Type.Optional(Why) }),
  reply: Changed,
} as const satisfies Endpoint

export const acceptCertificate = {
  method: 'POST',
  path: '/credits/certificates/:id/accept',
  permission: 'learning.review',
  summary: 'The second hand on a certificate of many hours',
  params: At,
  body: strict({}),
  reply: Changed,
} as const satisfies Endpoint

export const returnCertificate = {
  method: 'POST',
  path: '/credits/certificates/:id/return',
  permission: 'learning.write',
  summary: 'Return a certificate with the reason',
  params: At,
  body: strict({ reason: Why }),
  reply: Changed,
} as const satisfies Endpoint

export const ExemptionRow = Type.Object({
  id: Id,
  memberId: Id,
  name: Type.String(),
  orgName: Type.String(),
  year: CreditYear,
  ground: oneOf(EXEMPTION_GROUNDS),
  state: oneOf(EXEMPTION_STATES),
  bySelf: Type.Boolean(),
  appliedBy: Type.String(),
  decidedBy: nullable(Type.String()),
  answer: nullable(Type.String()),
  appliedAt: InstantAt,
  canDecide: Type.Boolean(),
})
export type ExemptionRow = Static<typeof ExemptionRow>

export const listExemptions = {
  method: 'GET',
  path: '/credits/exemptions',
  permission: 'learning.read',
  summary: 'Who asked to be freed from the hours of a year',
  query: strict({
    ...pageQuery(['appliedAt', 'name'] as const),
    year: Type.Optional(CreditYear),
    state: Type.Optional(oneOf(EXEMPTION_STATES)),
    orgId: Type.Optional(Id),
    below: Type.Optional(Type.Boolean()),
  }),
  reply: Type.Object({ ...pageOf(ExemptionRow).properties, article: CreditArticle }),
} as const satisfies Endpoint

export const applyForMember = {
  method: 'POST',
  path: '/credits/exemptions',
  permission: 'learning.write',
  summary: 'The branch asks that somebody be freed because of age or illness',
  body: strict({ memberId: Id, year: CreditYear, ground: oneOf(EXEMPTION_GROUNDS), reason: Why }),
  reply: Changed,
} as const satisfies Endpoint

export const openExemption = {
  method: 'POST',
  path: '/credits/exemptions/:id/open',
  permission: 'learning.review',
  summary: 'Read the reason, which may tell of health: the reading is written down',
  params: At,
  unkept: true,
  body: strict({ purpose: Why }),
  reply: Type.Object({ reason: Type.String() }),
} as const satisfies Endpoint

export const decideExemption = {
  method: 'POST',
  path: '/credits/exemptions/:id/decide',
  permission: 'learning.review',
  summary: 'Approve or decline, by somebody who did not apply',
  params: At,
  body: strict({ isApproved: Type.Boolean(), answer: Why }),
  reply: Changed,
} as const satisfies Endpoint

export const HonourRow = Type.Object({
  id: Id,
  memberId: Id,
  name: Type.String(),
  orgName: Type.String(),
  year: CreditYear,
  title: Type.String(),
  state: oneOf(HONOUR_STATES),
  proposedBy: Type.String(),
  reviewedBy: nullable(Type.String()),
  decidedBy: nullable(Type.String()),
  reason: nullable(Type.String()),
  certificateNo: nullable(Type.String()),
  can: Type.Object({ review: Type.Boolean(), decide: Type.Boolean() }),
})
export type HonourRow = Static<typeof HonourRow>

export const listHonours = {
  method: 'GET',
  path: '/credits/honours',
  permission: 'learning.read',
  summary: 'Honours for study: proposed, reviewed, decided',
  query: strict({
    ...pageQuery(['name', 'year'] as const),
    year: Type.Optional(CreditYear),
    state: Type.Optional(oneOf(HONOUR_STATES)),
    orgId: Type.Optional(Id),
    below: Type.Optional(Type.Boolean()),
  }),
  reply: pageOf(HonourRow),
} as const satisfies Endpoint

export const listHonourCandidates = {
  method: 'GET',
  path: '/credits/honours/candidates',
  permission: 'learning.write',
  summary: 'Who may be proposed by the transcripts of a year, by name: people choose, nothing follows by itself',
  query: strict({
    year: CreditYear,
    orgId: Type.Optional(Id),
    leastHours: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
  }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({ memberId: Id, name: Type.String(), orgName: Type.String(), hundredths: Hundredths }),
    ),
    /** More are there than are shown. */
    isCut: Type.Boolean(),
  }),
} as const satisfies Endpoint

export const proposeHonours = {
  method: 'POST',
  path: '/credits/honours',
  permission: 'learning.write',
  summary: 'Propose people for an honour, with the reason',
  body: strict({
    year: CreditYear,
    title: Type.String({ minLength: 2, maxLength: 60, pattern: '\\S' }),
    memberIds: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }),
    reason: Why,
  }),
  reply: Type.Object({ people: Type.Integer() }),
} as const satisfies Endpoint

export const reviewHonour = {
  method: 'POST',
  path: '/credits/honours/:id/review',
  permission: 'learning.review',
  summary: 'Review a proposal of somebody else: pass it on, or decline it with the reason',
  params: At,
  body: strict({ passes: Type.Boolean(), reason: Type.Optional(Why) }),
  reply: Changed,
} as const satisfies Endpoint

export const decideHonour = {
  method: 'POST',
  path: '/credits/honours/:id/decide',
  permission: 'learning.review',
  summary: 'Confirm, with the number of the certificate, or decline with the reason: a third person',
  params: At,
  body: strict({
    isConfirmed: Type.Boolean(),
    certificateNo: Type.Optional(Type.String({ minLength: 1, maxLength: 40, pattern: '\\S' })),
    reason: Type.Optional(Why),
  }),
  reply: Changed,
} as const satisfies Endpoint
