import { Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { FileReply, oneOf, strict } from './page.ts'
import { voteFilter } from './voting.ts'

export const exportVotes = {
  method: 'POST',
  path: '/votes/export',
  permission: 'voting.read',
  summary: 'The list of votes as a file; logged with its purpose',
  download: 'application/octet-stream',
  body: strict({
    ...voteFilter,
    format: oneOf(['xlsx', 'csv'] as const),
    language: Type.Optional(oneOf(['zh-CN', 'en'] as const)),
    purpose: Type.String({ minLength: 2, maxLength: 200, pattern: '\\S' }),
  }),
  reply: FileReply,
} as const satisfies Endpoint
