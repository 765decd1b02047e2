import { useOwnOrg } from '@tongxin/client/session'
import { useWrite } from '@tongxin/client/use-write'
import { addLecturer } from '@tongxin/contract/topics.lessons'
import { type OutsideLecturer, TOPIC_FORMATS, TOPIC_LEVELS, TOPIC_PARTS } from '@tongxin/contract/topics.words'
import { Button, DateInput, Select, say, TextArea, TextInput } from '@tongxin/ui'
import { FileText } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { FileChoice } from '../../shared/upload/FileChoice.tsx'
import { useSending } from '../../shared/upload/use-sending.ts'
import { ALL_TOPICS } from './topics.api.ts'

type Slots = OutsideLecturer['slots']
const EMPTY = {
  name: '',
  employer: '',
  orgId: '',
  bio: '',
  tags: '',
  topics: '',
  formats: ['lecture'] as OutsideLecturer['formats'],
  levels: ['committee'] as OutsideLecturer['levels'],
  isOnline: false,
  maxPerMonth: '1',
  maxDistance: '12',
  slots: [] as Slots,
}
type Draft = typeof EMPTY
type Parts = { draft: Draft; change: (part: Partial<Draft>) => void }

const partsOf = (text: string, at: RegExp): string[] => {
  const parts = text.split(at).map((one) => one.trim())
  return [...new Set(parts.filter((one) => one !== ''))]
}

/** What is sent, or null while something that is asked for is missing. */
function factsOf(draft: Draft): OutsideLecturer | null {
  const tags = partsOf(draft.tags, /[、,，;；\s]+/).slice(0, 8)
  const topics = partsOf(draft.topics, /\n/).slice(0, 10)
  const [maxPerMonth, maxDistance] = [Number(draft.maxPerMonth), Number(draft.maxDistance)]
  const [name, employer, bio] = [draft.name.trim(), draft.employer.trim(), draft.bio.trim()]
  const hasWords = name.length > 1 && employer.length > 1 && bio.length > 9 && tags.length > 0 && topics.length > 0
  const hasPlace = draft.orgId !== '' && draft.formats.length > 0 && draft.levels.length > 0
  const hasNumbers = Number.isInteger(maxPerMonth) && maxPerMonth > 0 && Number.isInteger(maxDistance)
  if (!hasWords || !hasPlace || !hasNumbers || draft.slots.some(({ onDate }) => onDate === '')) return null
  return { ...draft, name, employer, bio, tags, topics, maxPerMonth, maxDistance }
}

/** A lecturer from outside: what the person teaches, how far and when, and a sample. Somebody else reviews. */
export function AddLecturerDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const orgId = useOwnOrg()
  const [draft, setDraft] = useState(() => ({ ...EMPTY, orgId }))
  const [file, setFile] = useState<File | null>(null)
  const sending = useSending('document')
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const onDone = () => {
    say(t('topics.lecturerAdded'))
    onClose()
  }
  const save = useWrite(addLecturer, { refreshes: ALL_TOPICS, onDone })
  const facts = factsOf(draft)
  const submit = async () => {
    if (!facts) return
    const sampleFileId = file ? await sending.send(file) : null
    if (file && !sampleFileId) return
    save.mutate({ body: { ...facts, ...(sampleFileId ? { sampleFileId } : {}) } })
  }
  return (
    <FormDialog
      title={t('topics.addLecturer')}
      lead={t('topics.addLecturerLead')}
      verb={t('topics.submitLecturer')}
      whyNot={facts ? undefined : t('topics.lecturerFirst')}
      isBusy={sending.sent !== null || save.isPending}
      error={sending.error ?? save.error}
      labels={{ '/body/orgId': t('topics.knownBy'), '/body/slots': t('topics.slots'), '/body/bio': t('topics.bio') }}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Person draft={draft} change={change} />
      <Limits draft={draft} change={change} />
      <Times slots={draft.slots} onChange={(slots) => change({ slots })} />
      <FileChoice
        label={t('topics.sampleFile')}
        hint={t('topics.sampleHint')}
        accept=".pdf,.docx,.pptx"
        icon={<FileText aria-hidden="true" />}
        file={file}
        onFile={setFile}
        sent={sending.sent}
        onStop={sending.stop}
      />
    </FormDialog>
  )
}

function Person({ draft, change }: Parts) {
  const { t } = useTranslation()
  const { name, employer, orgId, bio, tags, topics } = draft
  return (
    <>
      <TextInput
        label={t('topics.personName')}
        required
        maxLength={40}
        value={name}
        onChange={(value) => change({ name: value })}
      />
      <TextInput
        label={t('topics.employer')}
        required
        maxLength={80}
        value={employer}
        onChange={(value) => change({ employer: value })}
      />
      <OrgPicker label={t('topics.knownBy')} required value={orgId} onChange={(value) => change({ orgId: value })} />
      <TextArea
        label={t('topics.bio')}
        help={t('topics.bioHelp')}
        required
        maxLength={1000}
        value={bio}
        onChange={(value) => change({ bio: value })}
      />
      <TextInput
        label={t('topics.tags')}
        help={t('topics.tagsHelp')}
        required
        maxLength={120}
        value={tags}
        onChange={(value) => change({ tags: value })}
      />
      <TextArea
        label={t('topics.canTeach')}
        help={t('topics.canTeachHelp')}
        required
        maxLength={800}
        value={topics}
        onChange={(value) => change({ topics: value })}
      />
    </>
  )
}

function Checks<T extends string>(props: {
  label: string
  words: 'format' | 'level'
  of: readonly T[]
  value: readonly T[]
  onChange: (value: T[]) => void
}) {
  const { t } = useTranslation()
  const { label, words, of, value, onChange } = props
  return (
    <fieldset className="topics-choices">
      <legend>{label}</legend>
      {of.map((one) => (
        <label key={one}>
          <input
            type="checkbox"
            checked={value.includes(one)}
            onChange={({ target }) =>
              onChange(of.filter((other) => (other === one ? target.checked : value.includes(other))))
            }
          />{' '}
          {t(`words.topics.${words}.${one}` as string)}
        </label>
      ))}
    </fieldset>
  )
}

function Limits({ draft, change }: Parts) {
  const { t } = useTranslation()
  const { formats, levels, isOnline, maxPerMonth, maxDistance } = draft
  return (
    <>
      <Checks
        label={t('topics.format')}
        words="format"
        of={TOPIC_FORMATS}
        value={formats}
        onChange={(value) => change({ formats: value })}
      />
      <Checks
        label={t('topics.level')}
        words="level"
        of={TOPIC_LEVELS}
        value={levels}
        onChange={(value) => change({ levels: value })}
      />
      <label>
        <input type="checkbox" checked={isOnline} onChange={({ target }) => change({ isOnline: target.checked })} />{' '}
        {t('topics.online')}
      </label>
      <TextInput
        label={t('topics.perMonth')}
        inputMode="numeric"
        maxLength={2}
        value={maxPerMonth}
        onChange={(value) => change({ maxPerMonth: value })}
      />
      <TextInput
        label={t('topics.distance')}
        help={t('topics.distanceHelp')}
        inputMode="numeric"
        maxLength={2}
        value={maxDistance}
        onChange={(value) => change({ maxDistance: value })}
      />
    </>
  )
}

function Times({ slots, onChange }: { slots: Slots; onChange: (slots: Slots) => void }) {
  const { t } = useTranslation()
  const set = (at: number, part: Partial<Slots[number]>) =>
    onChange(slots.map((slot, index) => (index === at ? { ...slot, ...part } : slot)))
  return (
    <fieldset className="topics-choices">
      <legend>{t('topics.slots')}</legend>
      {slots.map((slot, at) => (
        <div className="topics-slot" key={at}>
          <DateInput label={t('topics.day')} value={slot.onDate} onChange={(onDate) => set(at, { onDate })} />
          <Select
            label={t('topics.part')}
            value={slot.part}
            onChange={(part) => part && set(at, { part })}
            options={TOPIC_PARTS.map((value) => ({ value, label: t(`words.topics.part.${value}`) }))}
          />
          <Button onClick={() => onChange(slots.filter((_, index) => index !== at))}>{t('topics.removeSlot')}</Button>
        </div>
      ))}
      <Button onClick={() => onChange([...slots, { onDate: '', part: 'weekday' }])}>{t('topics.addSlot')}</Button>
    </fieldset>
  )
}
