import type { ImportRefusal } from '@tongxin/contract/imports'
import type { Detail } from '@tongxin/contract/refusal'

/**
 * Thrown inside the reading thread: a reason of `importRefusals` and its facts, which travel as plain values. The
 * thread's owner makes the refusal of it.
 */
export class Unreadable extends Error {
  readonly reason: ImportRefusal
  readonly detail: Detail
  constructor(reason: ImportRefusal, detail: Detail = {}) {
    super(reason)
    this.name = 'Unreadable'
    this.reason = reason
    this.detail = detail
  }
}
