import { useWrite } from '@tongxin/client/use-write'
import type { ElectionRecord } from '@tongxin/contract/elections'
import {
  type ElectionHandover,
  enterHandover,
  HANDOVER_KINDS,
  type HandoverItem,
  type HandoverKind,
} from '@tongxin/contract/elections.handover'
import { Button, DateInput, Select, TextInput } from '@tongxin/ui'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { PeoplePick } from './PeoplePick.tsx'
import { useDone } from './use-done.ts'

type Row = { readonly key: number; kind: HandoverKind; name: string; count: string; note: string }
const blank = (key: number): Row => ({ key, kind: 'paper', name: '', count: '1', note: '' })

function useFirstRows(from: ElectionHandover | null): Row[] {
  const { t } = useTranslation()
  const known = from?.items.map((item, key) => ({ ...item, key, count: String(item.count), note: item.note ?? '' }))
  return known ?? [{ ...blank(0), kind: 'seal', name: t('elections.handover.firstItem') }, blank(1)]
}

const itemOf = ({ kind, name, count, note }: Row): HandoverItem => ({
  kind,
  name: name.trim(),
  count: Number(count),
  note: note.trim() || null,
})
const isWhole = ({ name, count }: Row): boolean => name.trim() !== '' && /^[1-9]\d{0,3}$/.test(count)

type Draft = {
  readonly giver: string[]
  readonly receiver: string[]
  readonly handedOn: string
  readonly place: string
  readonly witness: string
}
const draftOf = (from: ElectionHandover | null): Draft => ({
  giver: from ? [from.giver.memberId] : [],
  receiver: from ? [from.receiver.memberId] : [],
  handedOn: from?.handedOn ?? '',
  place: from?.place ?? '',
  witness: from?.witness ?? '',
})

/** The body of the request, or null while something is missing. */
function bodyOf({ giver: [giverId], receiver: [receiverId], handedOn, ...draft }: Draft, rows: readonly Row[]) {
  const used = rows.filter(({ name }) => name.trim() !== '')
  const place = draft.place.trim()
  if (!giverId || !receiverId || !handedOn || !place || used.length === 0 || !used.every(isWhole)) return null
  return { giverId, receiverId, handedOn, place, witness: draft.witness.trim() || null, items: used.map(itemOf) }
}

type Props = { election: ElectionRecord; from: ElectionHandover | null; onClose: () => void }

/** Who hands over to whom, when, where, and the list; begins with what was withdrawn last. */
export function HandoverDialog({ election, from, onClose }: Props) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(() => draftOf(from))
  const [rows, setRows] = useState(useFirstRows(from))
  const save = useWrite(enterHandover, useDone(onClose, 'elections.handover.entered'))
  const body = bodyOf(draft, rows)
  return (
    <FormDialog
      title={t('elections.handover.add')}
      verb={t('elections.save')}
      lead={t('elections.handover.lead')}
      labels={{
        '/body/giverId': t('elections.handover.giver'),
        '/body/receiverId': t('elections.handover.receiver'),
        '/body/handedOn': t('elections.handover.on'),
      }}
      whyNot={body ? undefined : t('elections.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => body && save.mutate({ params: { id: election.id }, body })}
    >
      <Sides
        orgId={election.orgId}
        known={from ? [from.giver, from.receiver] : []}
        draft={draft}
        error={save.error}
        onChange={(change) => setDraft({ ...draft, ...change })}
      />
      <Items rows={rows} onChange={setRows} />
    </FormDialog>
  )
}

function Sides(props: {
  orgId: string
  known: readonly { memberId: string; name: string }[]
  draft: Draft
  error: Error | null
  onChange: (change: Partial<Draft>) => void
}) {
  const { t } = useTranslation()
  const errorAt = useFieldErrors(props.error)
  const { draft, onChange } = props
  const people = { orgId: props.orgId, known: props.known, most: 1 }
  return (
    <>
      <PeoplePick
        {...people}
        label={t('elections.handover.giver')}
        help={t('elections.handover.giverHelp')}
        value={draft.giver}
        onChange={(giver) => onChange({ giver })}
        error={errorAt('/body/giverId')}
      />
      <PeoplePick
        {...people}
        label={t('elections.handover.receiver')}
        value={draft.receiver}
        onChange={(receiver) => onChange({ receiver })}
        error={errorAt('/body/receiverId')}
      />
      <DateInput
        label={t('elections.handover.on')}
        required
        value={draft.handedOn}
        onChange={(handedOn) => onChange({ handedOn })}
        error={errorAt('/body/handedOn')}
      />
      <TextInput
        label={t('elections.handover.place')}
        required
        maxLength={80}
        value={draft.place}
        onChange={(place) => onChange({ place })}
      />
      <TextInput
        label={t('elections.handover.witness')}
        maxLength={40}
        value={draft.witness}
        onChange={(witness) => onChange({ witness })}
      />
    </>
  )
}

const MOST_ITEMS = 60

function Items({ rows, onChange }: { rows: Row[]; onChange: (rows: Row[]) => void }) {
  const { t } = useTranslation()
  const set = (key: number, change: Partial<Row>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...change } : row)))
  const next = Math.max(-1, ...rows.map(({ key }) => key)) + 1
  const kinds = HANDOVER_KINDS.map((kind) => ({ value: kind, label: t(`elections.handover.kind.${kind}`) }))
  return (
    <fieldset className="handover-edit">
      <legend>{t('elections.handover.items')}</legend>
      {rows.map((row, at) => (
        <div key={row.key}>
          <Select
            label={t('elections.handover.kindOf', { no: at + 1 })}
            value={row.kind}
            options={kinds}
            onChange={(kind) => set(row.key, { kind: (kind || 'other') as HandoverKind })}
          />
          <TextInput
            label={t('elections.handover.nameOf', { no: at + 1 })}
            maxLength={80}
            value={row.name}
            onChange={(name) => set(row.key, { name })}
          />
          <TextInput
            label={t('elections.handover.countOf', { no: at + 1 })}
            inputMode="numeric"
            maxLength={4}
            value={row.count}
            onChange={(count) => set(row.key, { count })}
          />
          <TextInput
            label={t('elections.handover.noteOf', { no: at + 1 })}
            maxLength={120}
            value={row.note}
            onChange={(note) => set(row.key, { note })}
          />
          <Button
            kind="quiet"
            aria-label={t('elections.handover.dropItem', { no: at + 1 })}
            onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
          >
            <Trash2 size="1.1em" aria-hidden="true" />
          </Button>
        </div>
      ))}
      {rows.length < MOST_ITEMS ? (
        <Button icon={<Plus size="1.1em" aria-hidden="true" />} onClick={() => onChange([...rows, blank(next)])}>
          {t('elections.handover.addItem')}
        </Button>
      ) : null}
    </fieldset>
  )
}
