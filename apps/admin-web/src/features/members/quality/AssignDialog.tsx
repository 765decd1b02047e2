import { useQuery } from '@tanstack/react-query'
import { useWrite } from '@tongxin/client/use-write'
import type { Reply } from '@tongxin/contract/endpoint'
import { assignReviewers, DATA_SETS, type DataSet, type listAssignable } from '@tongxin/contract/members.assignments'
import { Button, DateInput, Select, say } from '@tongxin/ui'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../../shared/FormDialog.tsx'
import { OrgPicker, useOrgName } from '../../../shared/OrgPicker.tsx'
import { useFieldErrors } from '../../../shared/pages/FormPage.tsx'
import { ALL_QUALITY, assignableQuery } from './quality.api.ts'

type Person = Reply<typeof listAssignable>['rows'][number]
const STEPS = [
  { key: 'makerId', may: 'enter', label: 'quality.assign.maker' },
  { key: 'firstId', may: 'first', label: 'quality.assign.first' },
  { key: 'secondId', may: 'second', label: 'quality.assign.second' },
] as const
type Three = Record<(typeof STEPS)[number]['key'], string>
const NOBODY: Three = { makerId: '', firstId: '', secondId: '' }

/** Names three people for any number of organisations and sets of data at once. */
export function AssignDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [orgIds, setOrgIds] = useState<readonly string[]>([])
  const [dataSets, setDataSets] = useState<readonly DataSet[]>(['record', 'entries'])
  const [three, setThree] = useState<Three>(NOBODY)
  const [dueOn, setDueOn] = useState('')
  const people = useQuery(assignableQuery(orgIds[0] ?? ''))
  const save = useWrite(assignReviewers, {
    refreshes: ALL_QUALITY,
    onDone: ({ assigned }) => {
      say(t('quality.assign.saved', { count: assigned }))
      onClose()
    },
  })
  const isIncomplete = orgIds.length === 0 || dataSets.length === 0 || Object.values(three).includes('')
  return (
    <FormDialog
      title={t('quality.assign.add')}
      verb={t('quality.assign.add')}
      lead={t('quality.assign.lead')}
      labels={Object.fromEntries(STEPS.map(({ key, label }) => [`/body/${key}`, t(label)]))}
      whyNot={isIncomplete ? t('quality.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({
          body: { orgIds: [...orgIds], dataSets: [...dataSets], ...three, dueOn: dueOn === '' ? null : dueOn },
        })
      }
    >
      <Organisations orgIds={orgIds} onChange={setOrgIds} />
      <fieldset className="set-choice">
        <legend>{t('quality.assign.dataSet')}</legend>
        {DATA_SETS.map((one) => (
          <label key={one}>
            <input
              type="checkbox"
              checked={dataSets.includes(one)}
              onChange={({ target }) =>
                setDataSets((now) => (target.checked ? [...now, one] : now.filter((set) => set !== one)))
              }
            />
            {t(`quality.assign.set.${one}`)}
          </label>
        ))}
      </fieldset>
      <People three={three} onChange={setThree} people={people.data ?? []} error={save.error} />
      <DateInput label={t('quality.assign.dueOn')} value={dueOn} onChange={setDueOn} />
    </FormDialog>
  )
}

function Organisations({ orgIds, onChange }: { orgIds: readonly string[]; onChange: (ids: string[]) => void }) {
  const { t } = useTranslation()
  return (
    <div>
      <OrgPicker
        label={t('quality.assign.orgs')}
        required
        value=""
        onChange={(id) => {
          if (id !== '' && !orgIds.includes(id)) onChange([...orgIds, id])
        }}
      />
      <ul className="chosen-orgs">
        {orgIds.map((id) => (
          <li key={id}>
            <OrgName id={id} />
            <Button
              kind="quiet"
              aria-label={t('quality.assign.leaveOut')}
              onClick={() => onChange(orgIds.filter((one) => one !== id))}
            >
              <X size="1em" aria-hidden="true" />
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

const OrgName = ({ id }: { id: string }) => useOrgName(id)

/** Of those who may do the step; who has one of the others already is not offered for a second. */
function People(props: { three: Three; onChange: (three: Three) => void; people: readonly Person[]; error: unknown }) {
  const { t } = useTranslation()
  const errorAt = useFieldErrors(props.error)
  return STEPS.map(({ key, may, label }) => {
    const taken = STEPS.filter((other) => other.key !== key).map((other) => props.three[other.key])
    return (
      <Select
        key={key}
        label={t(label)}
        required
        value={props.three[key]}
        onChange={(value) => props.onChange({ ...props.three, [key]: value })}
        error={errorAt(`/body/${key}`)}
        options={props.people
          .filter((person) => person.may.includes(may) && !taken.includes(person.personId))
          .map((person) => ({ value: person.personId, label: `${person.name} · ${person.orgName}` }))}
      />
    )
  })
}
