import { useWrite } from '@tongxin/client/use-write'
import type { ElectionRecord } from '@tongxin/contract/elections'
import * as acts from '@tongxin/contract/elections.acts'
import { DateInput, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDone } from './use-done.ts'

/** `late`: a reason, asked where the first day has passed or a refusal asks for it. */
type FieldKind = 'text' | 'area' | 'date' | 'number' | 'late'
const letter = { documentNumber: 'text', on: 'date' } as const

/** Acts that need a letter, a day, a number or a reason, and nothing else. */
const PLAIN = {
  request: { endpoint: acts.requestElection, fields: { documentNumber: 'text' } },
  approve: { endpoint: acts.approveElection, fields: letter },
  return: { endpoint: acts.returnElection, fields: { reason: 'area' } },
  approveCandidates: { endpoint: acts.approveCandidates, fields: letter },
  postPublicity: {
    endpoint: acts.postCandidates,
    fields: { from: 'date', until: 'date', place: 'text', lateReason: 'late' },
  },
  closePublicity: { endpoint: acts.closeCandidates, fields: { outcome: 'area' } },
  adoptMethod: { endpoint: acts.adoptMethod, fields: { on: 'date', present: 'number', inFavour: 'number' } },
  approveResult: { endpoint: acts.approveResult, fields: letter },
  cancel: { endpoint: acts.cancelElection, fields: { reason: 'area' } },
} as const satisfies Record<string, { endpoint: unknown; fields: Readonly<Record<string, FieldKind>> }>
export type PlainAct = keyof typeof PLAIN
export const isPlainAct = (act: string): act is PlainAct => act in PLAIN

const dayInShanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })
const isPast = (day = ''): boolean => /^\d{4}-\d\d-\d\d$/.test(day) && day < dayInShanghai.format(new Date())

const isFilled = (kind: FieldKind, value: string | undefined): boolean =>
  kind === 'number' ? /^\d{1,6}$/.test(value ?? '') : (value ?? '').trim().length > 1

/** One act on the file, in the words of its step. */
export function ActDialog({
  election,
  act,
  onClose,
}: {
  election: ElectionRecord
  act: PlainAct
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const { endpoint, fields } = PLAIN[act]
  // The table pairs every endpoint with its own fields; the type of one stands for all of them here.
  const save = useWrite(endpoint as typeof acts.requestElection, useDone(onClose, `elections.done.${act}`))
  const errorAt = useFieldErrors(save.error)
  const isShown = (name: string, kind: FieldKind) =>
    kind !== 'late' || errorAt(`/body/${name}`) !== undefined || isPast(values.from)
  const rows = (Object.entries(fields) as [string, FieldKind][]).filter(([name, kind]) => isShown(name, kind))
  const submit = () => {
    const body = Object.fromEntries(
      rows.map(([name, kind]) => [name, kind === 'number' ? Number(values[name]) : (values[name] ?? '').trim()]),
    )
    save.mutate({ params: { id: election.id }, body: body as { documentNumber: string } })
  }
  return (
    <FormDialog
      title={t(`elections.act.${act}`)}
      verb={t(`elections.act.${act}`)}
      lead={t(
        act === 'approveResult' && election.kind === 'delegates'
          ? 'elections.lead.approveDelegates'
          : `elections.lead.${act}`,
      )}
      labels={Object.fromEntries(rows.map(([name]) => [`/body/${name}`, t(`elections.field.${name}`)]))}
      whyNot={rows.every(([name, kind]) => isFilled(kind, values[name])) ? undefined : t('elections.fillFirst')}
      isDanger={act === 'cancel'}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={submit}
    >
      {rows.map(([name, kind]) => (
        <FieldOf
          key={name}
          kind={kind}
          label={t(`elections.field.${name}`)}
          value={values[name] ?? ''}
          error={errorAt(`/body/${name}`)}
          onChange={(value) => setValues({ ...values, [name]: value })}
        />
      ))}
    </FormDialog>
  )
}

function FieldOf(props: {
  kind: FieldKind
  label: string
  value: string
  error: string | undefined
  onChange: (value: string) => void
}) {
  const { kind, ...rest } = props
  if (kind === 'date') return <DateInput required {...rest} />
  if (kind === 'area' || kind === 'late') return <TextArea required rows={3} maxLength={500} {...rest} />
  return (
    <TextInput
      required
      maxLength={kind === 'number' ? 6 : 60}
      inputMode={kind === 'number' ? 'numeric' : 'text'}
      {...rest}
    />
  )
}
