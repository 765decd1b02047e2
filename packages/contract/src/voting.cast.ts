import { Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { FileReply, oneOf, strict } from './page.ts'
import { BOARD_FILES, Bytes, Bytes32, ShortId } from './voting.words.ts'

/** What stands on the origin for casting: no session, no cookie, no log. */
export const castBallot = {
  method: 'POST',
  path: '/cast/ballots',
  permission: 'public',
  // A hall votes within a minute, and the whole of it may stand behind one address.
  perMinute: 60_000,
  summary: 'Cast one sealed ballot; the same ballot again gets the same answer',
  body: strict({
    type: Type.Literal('ballot'),
    election: Bytes32,
    question: ShortId,
    tpk: Bytes32,
    prefix: Bytes32,
    token_sig: Bytes(512),
    ct: Bytes(100_000),
    seq: Type.Integer({ minimum: 0, maximum: 4_294_967_295 }),
    cast_sig: Bytes(86),
  }),
  reply: Type.Object({ election: Bytes32, leaf: Bytes32, signature: Bytes(86) }),
} as const satisfies Endpoint

/** The board without saying who reads it: whoever asks for one leaf tells that it is hers, so files are whole. */
export const readPublicBoard = {
  method: 'GET',
  path: '/cast/boards/:election/:file',
  permission: 'public',
  summary: 'A file of the public board, without a session',
  params: strict({ election: Bytes32, file: oneOf(BOARD_FILES) }),
  download: 'application/octet-stream',
  reply: FileReply,
} as const satisfies Endpoint
