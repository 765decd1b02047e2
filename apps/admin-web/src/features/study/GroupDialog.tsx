import { useQuery } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { useWrite } from '@tongxin/client/use-write'
import { listMembers } from '@tongxin/contract/members'
import { changeStudyGroup, makeStudyGroup, type StudyGroupRecord } from '@tongxin/contract/study.groups'
import { Field, TextArea, TextInput } from '@tongxin/ui'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { MemberPicker } from '../../shared/MemberPicker.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDone } from './use-done.ts'
import './study.css'

const draftOf = (group: StudyGroupRecord | undefined) => ({
  orgId: '',
  name: group?.name ?? '',
  theme: group?.theme ?? '',
  leaderId: group?.leaderId ?? '',
  memberIds: (group?.seats ?? []).filter(({ isLeader }) => !isLeader).map(({ memberId }) => memberId),
})

/** A study group is made, or gets other people, another name or leader. */
export function GroupDialog({ group, onClose }: { group?: StudyGroupRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(() => draftOf(group))
  const set = (part: Partial<typeof draft>) => setDraft((old) => ({ ...old, ...part }))
  const make = useWrite(makeStudyGroup, useDone(onClose))
  const change = useWrite(changeStudyGroup, useDone(onClose))
  const error = make.error ?? change.error
  const errorAt = useFieldErrors(error)
  const { orgId, name, theme, leaderId } = draft
  const memberIds = draft.memberIds.length > 0 ? draft.memberIds : [leaderId]
  const hasWords = name.trim().length > 1 && theme.trim().length > 1
  const isReady = hasWords && leaderId !== '' && (group !== undefined || orgId !== '')
  const submit = () => {
    const facts = { name, theme, leaderId, memberIds }
    if (group) change.mutate({ params: { id: group.id }, body: facts })
    else make.mutate({ body: { orgId, ...facts } })
  }
  return (
    <FormDialog
      title={t(group ? 'study.change' : 'study.makeGroup')}
      verb={t(group ? 'study.keep' : 'study.makeGroup')}
      labels={{
        '/body/orgId': t('study.org'),
        '/body/leaderId': t('study.leader'),
        '/body/memberIds': t('study.members'),
      }}
      whyNot={isReady ? undefined : t('study.fillFirst')}
      isBusy={make.isPending || change.isPending}
      error={error}
      onSubmit={submit}
      onClose={onClose}
    >
      <About draft={draft} set={set} isNew={group === undefined} />
      <MemberPicker
        label={t('study.leader')}
        required
        value={leaderId}
        onChange={(value) => set({ leaderId: value })}
        error={errorAt('/body/leaderId')}
      />
      <PeoplePicker
        value={draft.memberIds}
        names={Object.fromEntries((group?.seats ?? []).map((seat) => [seat.memberId, seat.name]))}
        onChange={(ids) => set({ memberIds: ids })}
        error={errorAt('/body/memberIds')}
      />
    </FormDialog>
  )
}

type Draft = ReturnType<typeof draftOf>

function About({ draft, set, isNew }: { draft: Draft; set: (part: Partial<Draft>) => void; isNew: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      {isNew ? (
        <OrgPicker label={t('study.org')} required value={draft.orgId} onChange={(orgId) => set({ orgId })} />
      ) : null}
      <TextInput
        label={t('study.group')}
        required
        maxLength={60}
        value={draft.name}
        onChange={(name) => set({ name })}
      />
      <TextArea
        label={t('study.theme')}
        required
        rows={2}
        maxLength={500}
        value={draft.theme}
        onChange={(theme) => set({ theme })}
      />
    </>
  )
}

/** Several people of the scope. `names` tells who was chosen before. */
function PeoplePicker(props: {
  value: readonly string[]
  names: Readonly<Record<string, string>>
  onChange: (ids: string[]) => void
  error: string | undefined
}) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [seen, setSeen] = useState(props.names)
  const asked = text.trim()
  const { data, isFetching } = useQuery({
    queryKey: ['members', 'picker', asked],
    queryFn: async ({ signal }) =>
      (await call(listMembers, { query: { limit: 20, ...(asked ? { search: asked } : {}) }, signal })).rows,
  })
  const found = (data ?? []).map((row) => ({ value: row.id, label: `${row.name} · ${row.orgName}` }))
  const options = [
    ...found,
    ...props.value.flatMap((id) =>
      found.some(({ value }) => value === id) ? [] : [{ value: id, label: seen[id] ?? t('shared.chosen') }],
    ),
  ]
  return (
    <Field label={t('study.members')} error={props.error}>
      {(wiring) => (
        <Select
          id={wiring.id}
          mode="multiple"
          getPopupContainer={(node: HTMLElement) => node.closest<HTMLElement>('[role=dialog]') ?? document.body}
          className="org-picker"
          showSearch={{ filterOption: false, onSearch: setText }}
          placeholder={t('shared.findPerson')}
          loading={isFetching}
          notFoundContent={isFetching ? null : t('shared.nobodyFound')}
          value={[...props.value]}
          options={options}
          onChange={(ids: string[]) => {
            setSeen({ ...seen, ...Object.fromEntries(found.map(({ value, label }) => [value, label])) })
            props.onChange(ids)
          }}
        />
      )}
    </Field>
  )
}
