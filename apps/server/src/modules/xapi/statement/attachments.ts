import {
  iriAt,
  listAt,
  type Members,
  mediaTypeAt,
  numberAt,
  objectAt,
  optional,
  required,
  textAt,
  textsAt,
  wrong,
} from './shape.ts'

export type AttachmentFacts = {
  readonly usageType: string
  readonly contentType: string
  readonly length: number
  readonly sha2: string
  readonly fileUrl?: string
}

/** SHA-2 of 224 to 512 bits in hexadecimal. */
const SHA2 = /^(?:[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i

/** What is attached (4.2.2.6): the bytes travel beside the statement, or lie at an address. */
export function attachmentsAt(value: unknown, at: string): void {
  for (const [index, item] of listAt(value, at).entries()) {
    const place = `${at}/${index}`
    const names = ['usageType', 'display', 'description', 'contentType', 'length', 'sha2', 'fileUrl']
    const attachment = objectAt(item, place, names)
    required(attachment, 'usageType', place, iriAt)
    required(attachment, 'display', place, textsAt)
    optional(attachment, 'description', place, textsAt)
    required(attachment, 'contentType', place, mediaTypeAt)
    required(attachment, 'length', place, (length, there) => {
      if (!Number.isInteger(numberAt(length, there))) wrong(there, 'wrong_type')
    })
    required(attachment, 'sha2', place, (sum, there) => {
      if (!SHA2.test(textAt(sum, there))) wrong(there, 'wrong_format')
    })
    optional(attachment, 'fileUrl', place, iriAt)
  }
}

/** The attachments of a statement and of the statement inside it. */
export function attachmentsOf(statement: Members): AttachmentFacts[] {
  const inner = statement.object as Members | undefined
  return [statement, ...(inner?.objectType === 'SubStatement' ? [inner] : [])].flatMap(
    ({ attachments }) => (attachments ?? []) as AttachmentFacts[],
  )
}
