import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount } from '../../platform/http.ts'
import * as own from './service/own.ts'
import * as preferences from './service/preferences.ts'
import * as reading from './service/reading.ts'
import * as writing from './service/writing.ts'

export async function noticesRoutes(app: FastifyInstance): Promise<void> {
  mount(app, contract.listInbox, own.inbox)
  mount(app, contract.countUnread, own.unread)
  mount(app, contract.noteRead, own.markRead)
  mount(app, contract.readQuietHours, preferences.quietHours)
  mount(app, contract.setQuietHours, preferences.changeQuietHours)
  mount(app, contract.readMyNotice, own.one)
  mount(app, contract.confirmNotice, own.confirm)
  mount(app, contract.answerNotice, own.answer)
  mount(app, contract.countNoticePeople, writing.count)
  mount(app, contract.sendNotice, writing.send)
  mount(app, contract.listNotices, reading.list)
  mount(app, contract.readNotice, reading.one)
  mount(app, contract.changeNotice, writing.change)
  mount(app, contract.discardNotice, writing.discard)
  mount(app, contract.relayNotice, writing.relay)
  mount(app, contract.correctNotice, writing.correct)
  mount(app, contract.recallNotice, writing.recall)
  mount(app, contract.resendNotice, writing.resend)
  mount(app, contract.listReceipts, reading.receipts)
  mount(app, contract.listNoticeUnits, reading.units)
  mount(app, contract.exportReceipts, reading.file)
}
