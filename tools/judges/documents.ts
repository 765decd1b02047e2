import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  sampleLetters,
  samplePaper,
  sampleReceipts,
  sampleRegister,
} from '../../apps/server/src/modules/forms/forms.composed.samples.ts'
import {
  sampleAttendance,
  sampleMember,
  sampleMinutes,
  sampleNotice,
  sampleOrganisation,
  sampleRoster,
  sampleSlips,
} from '../../apps/server/src/modules/forms/forms.samples.ts'
import { closePrinter, printForm } from '../../apps/server/src/modules/forms/index.ts'
import { type Judge, run } from './judge.ts'
import { convert } from './spreadsheets.ts'

const ORDERS = [
  { kind: 'attendance_sheet', facts: sampleAttendance(80), says: ['签到表'] },
  { kind: 'minutes', facts: sampleMinutes(6), says: ['会议记录', '赞成'] },
  { kind: 'meeting_notice', facts: sampleNotice(), says: ['通知'] },
  { kind: 'member_roster', facts: sampleRoster(80), says: ['花名册'] },
  { kind: 'activation_slips', facts: sampleSlips(20), says: ['激活'] },
  { kind: 'member_form', facts: sampleMember(), says: ['信息采集表'] },
  { kind: 'organisation_form', facts: sampleOrganisation(), says: ['基本情况'] },
  // The last words of the longest cells: nothing is cut off.
  { kind: 'register', facts: sampleRegister(60), says: ['流动党员登记表', '阿布都克里木'] },
  { kind: 'paper', facts: samplePaper(25), says: ['全程记实表', '阿布都克里木', '同意接收为预备党员', '党支部负责人'] },
  { kind: 'transfer_letters', facts: sampleLetters(3), says: ['存根', '回执', '联合支部委员会', '阿布都克里木'] },
  { kind: 'transfer_receipts', facts: sampleReceipts(), says: ['回执', '阿布都克里木'] },
] as const

/** What is wrong with a PDF in the eyes of qpdf, pdffonts and pdftotext; empty when nothing is. */
function faultsOf(file: string, says: readonly string[]): string[] {
  const faults: string[] = []
  const checked = run('qpdf', ['--check', file])
  if (checked.status !== 0) faults.push(checked.said)
  // Columns of pdffonts from the right: object, generation, "uni", "sub", "emb".
  const fonts = run('pdffonts', [file]).said.trim().split('\n').slice(2)
  if (fonts.length === 0) faults.push('no fonts')
  for (const line of fonts)
    if (!/ yes yes yes\s+\d+\s+\d+\s*$/.test(line)) faults.push(`not embedded, subset and readable: ${line}`)
  const text = run('pdftotext', [file, '-']).said.replace(/\s/g, '')
  for (const words of says) if (!text.includes(words)) faults.push(`${words} cannot be read`)
  return faults
}

async function faultsOfAll(folder: string): Promise<string[]> {
  const faults: string[] = []
  for (const { kind, facts, says } of ORDERS) {
    const pdf = join(folder, `${kind}.pdf`)
    writeFileSync(pdf, await printForm({ kind, format: 'pdf', facts } as never))
    faults.push(...faultsOf(pdf, says).map((fault) => `${kind} PDF: ${fault}`))
    if (kind === 'activation_slips') continue
    const word = join(folder, `${kind}.docx`)
    writeFileSync(word, await printForm({ kind, format: 'docx', facts } as never))
    const text = run('pdftotext', [convert(word, 'pdf', folder), '-']).said.replace(/\s/g, '')
    faults.push(
      ...says.filter((words) => !text.includes(words)).map((words) => `${kind} Word: ${words} cannot be read`),
    )
  }
  return faults
}

/** Poppler and qpdf read our PDF, LibreOffice our Word documents. */
export const documents: Judge = {
  name: 'documents',
  packages: ['libreoffice-writer', 'poppler-utils', 'qpdf'],
  missing: () =>
    existsSync('/usr/bin/pdffonts') &&
    existsSync('/usr/bin/qpdf') &&
    existsSync('/usr/lib/libreoffice/program/libswlo.so')
      ? null
      : 'LibreOffice Writer, Poppler and qpdf',
  async refusesFault() {
    const folder = mkdtempSync(join(tmpdir(), 'tongxin-planted-'))
    try {
      const whole = await printForm({ kind: 'meeting_notice', format: 'pdf', facts: sampleNotice() } as never)
      const broken = join(folder, 'broken.pdf')
      // The end with the table of objects is cut off.
      writeFileSync(broken, whole.subarray(0, Math.floor(whole.length / 2)))
      return faultsOf(broken, ['通知']).length > 0
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  async accepts() {
    const folder = mkdtempSync(join(tmpdir(), 'tongxin-documents-'))
    try {
      const faults = await faultsOfAll(folder)
      for (const fault of faults) console.log(fault)
      return faults.length === 0
    } finally {
      await closePrinter()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
