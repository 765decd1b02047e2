import { useQuery } from '@tanstack/react-query'
import { useWrite } from '@tongxin/client/use-write'
import { ORG_POSTS, type OrgPost } from '@tongxin/contract/org'
import type { OrgRecord } from '@tongxin/contract/org.record'
import { appoint, POST_WAYS, type PostWay, type TermRow } from '@tongxin/contract/org.terms'
import { Field, Select, say } from '@tongxin/ui'
import { Select as Search } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { ChangeDialog } from './ChangeDialog.tsx'
import { ALL_ORGS, holdersQuery } from './org.api.ts'

/** What is known before the dialog opens: the vacancy that is filled. */
export type Appointing = { readonly post: OrgPost | ''; readonly way: PostWay | '' }
type Props = { unit: OrgRecord; term: TermRow | null; first: Appointing; onClose: () => void }

/** Enters who holds a post: a party member, found by name, pinyin or number, and how the post was come by. */
export function AppointDialog({ unit, term, first, onClose }: Props) {
  const { t } = useTranslation()
  const [post, setPost] = useState<OrgPost | ''>(first.post)
  const [way, setWay] = useState<PostWay | ''>(first.way)
  const [memberId, setMemberId] = useState('')
  const save = useWrite(appoint, {
    refreshes: ALL_ORGS,
    onDone: () => {
      say(t('org.saved'))
      onClose()
    },
  })
  const errorAt = useFieldErrors(save.error)
  const missing = post === '' ? 'postFirst' : memberId === '' ? 'holderFirst' : way === '' ? 'wayFirst' : null
  const whyNot = missing ? t(`org.${missing}`) : undefined
  return (
    <ChangeDialog
      title={t('org.appoint')}
      verb={t('org.save')}
      fields={['fromOn', 'documentNumber']}
      optional={['documentNumber']}
      whyNot={whyNot}
      error={save.error}
      isBusy={save.isPending}
      onClose={onClose}
      onSubmit={({ fromOn = '', documentNumber }) => {
        if (post === '' || way === '') return
        const body = { post, memberId, fromOn, way, ...(documentNumber ? { documentNumber } : {}) }
        save.mutate({ params: { id: unit.id }, body })
      }}
    >
      <Select
        label={t('org.post')}
        required
        value={post}
        onChange={setPost}
        error={errorAt('/body/post')}
        options={ORG_POSTS.map((value) => ({ value, label: t(`words.org.post.${value}`) }))}
      />
      <Select
        label={t('org.way')}
        required
        value={way}
        onChange={setWay}
        options={POST_WAYS.filter((value) => value !== 'by_election' || term !== null).map((value) => ({
          value,
          label: t(`words.org.way.${value}`),
        }))}
      />
      {way === 'by_election' && term ? (
        <p className="hint">{t('org.byElectionLead', { until: term.untilOn })}</p>
      ) : null}
      <HolderPicker orgId={unit.id} value={memberId} onChange={setMemberId} error={errorAt('/body/memberId')} />
    </ChangeDialog>
  )
}

function HolderPicker(props: {
  orgId: string
  value: string
  onChange: (id: string) => void
  error?: string | undefined
}) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const { data: people = [], isFetching } = useQuery(holdersQuery(props.orgId, text))
  return (
    <Field label={t('org.holder')} required error={props.error} help={t('org.holderHelp')}>
      {(wiring) => (
        <Search
          id={wiring.id}
          className="org-picker"
          // Inside the dialog: what lies outside of it cannot be reached while it is open.
          getPopupContainer={(node: HTMLElement) => node.parentElement ?? document.body}
          showSearch={{ filterOption: false, onSearch: setText }}
          loading={isFetching}
          value={props.value || null}
          onChange={(id: string) => props.onChange(id)}
          placeholder={t('org.holderFind')}
          notFoundContent={t('org.holderNone')}
          options={people.map((person) => ({
            value: person.id,
            label: `${person.name} · ${person.memberNo} · ${person.orgName}`,
          }))}
        />
      )}
    </Field>
  )
}
