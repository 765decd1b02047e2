import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useWrite } from '@tongxin/client/use-write'
import {
  addProgramme,
  type ChannelRecord,
  changeProgramme,
  orderProgrammes,
  removeProgramme,
  restoreProgramme,
} from '@tongxin/contract/television'
import type { Programme } from '@tongxin/contract/television.words'
import { Button, EmptyState, Field, RefusalText, TextInput } from '@tongxin/ui'
import { Select } from 'antd'
import { ArrowDown, ArrowUp, Clapperboard, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { playableQuery } from './television.api.ts'
import { useDone } from './use-done.ts'

const minutesOf = (seconds: number): number => Math.max(1, Math.round(seconds / 60))

/** The programmes of a channel in the order in which sets show them. */
export function ProgrammesTab({ channel }: { channel: ChannelRecord }) {
  const { t } = useTranslation()
  const [isAdding, setAdding] = useState(false)
  const order = useWrite(orderProgrammes, useDone())
  const living = channel.items.filter(({ removedAt }) => removedAt === null)
  const removed = channel.items.filter(({ removedAt }) => removedAt !== null)
  const isOpen = channel.canWrite && !channel.isEnded
  const move = (at: number, by: number) => {
    const ids = living.map(({ id }) => id)
    const [id] = ids.splice(at, 1)
    ids.splice(at + by, 0, id as string)
    order.mutate({ params: { id: channel.id }, body: { ids } })
  }
  const add = isOpen ? (
    <Button kind="primary" icon={<Plus aria-hidden="true" />} onClick={() => setAdding(true)}>
      {t('television.addProgramme')}
    </Button>
  ) : null
  return (
    <div className="television-tab">
      <RefusalText error={order.error} />
      {living.length === 0 ? (
        <EmptyState title={t('television.noProgrammes')} icon={<Clapperboard aria-hidden="true" />} act={add}>
          {t('television.noProgrammesHint')}
        </EmptyState>
      ) : (
        <>
          <div className="no-print">{add}</div>
          <ol className="television-rows">
            {living.map((one, at) => (
              <li key={one.id}>
                <ProgrammeWords one={one} />
                {isOpen ? (
                  <span className="television-acts">
                    {at > 0 ? (
                      <Button
                        aria-label={t('television.up', { title: one.title })}
                        icon={<ArrowUp aria-hidden="true" />}
                        onClick={() => move(at, -1)}
                      />
                    ) : null}
                    {at < living.length - 1 ? (
                      <Button
                        aria-label={t('television.down', { title: one.title })}
                        icon={<ArrowDown aria-hidden="true" />}
                        onClick={() => move(at, 1)}
                      />
                    ) : null}
                    <ProgrammeActs one={one} />
                  </span>
                ) : null}
              </li>
            ))}
          </ol>
        </>
      )}
      {removed.length > 0 && isOpen ? <Removed rows={removed} /> : null}
      {isAdding ? <AddDialog channelId={channel.id} onClose={() => setAdding(false)} /> : null}
    </div>
  )
}

function ProgrammeWords({ one }: { one: Programme }) {
  const { t } = useTranslation()
  return (
    <span className="television-words">
      <strong>
        <Link to={paths.media.one(one.mediaId)}>{one.title}</Link>
      </strong>
      <span className="hint">
        {t(`television.kind.${one.kind}`)} · {t('television.minutes', { count: minutesOf(one.seconds) })} ·{' '}
        {t(one.isOnDemand ? 'television.onDemand' : 'television.scheduleOnly')}
      </span>
    </span>
  )
}

function ProgrammeActs({ one }: { one: Programme }) {
  const { t } = useTranslation()
  const done = useDone()
  const change = useWrite(changeProgramme, done)
  const remove = useWrite(removeProgramme, done)
  const params = { id: one.id }
  return (
    <>
      <AskedAct
        verb={t(one.isOnDemand ? 'television.makeScheduleOnly' : 'television.makeOnDemand')}
        lead={t('television.onDemandLead')}
        save={change}
        input={() => ({ params, body: { title: one.title, isOnDemand: !one.isOnDemand } })}
      />
      <AskedAct
        verb={t('television.remove')}
        lead={t('television.removeLead', { title: one.title })}
        isDanger
        save={remove}
        input={() => ({ params, body: {} })}
      />
    </>
  )
}

function Removed({ rows }: { rows: readonly Programme[] }) {
  const { t } = useTranslation()
  const restore = useWrite(restoreProgramme, useDone())
  return (
    <section>
      <h2>{t('television.removed')}</h2>
      <RefusalText error={restore.error} />
      <ul className="television-rows">
        {rows.map((one) => (
          <li key={one.id}>
            <ProgrammeWords one={one} />
            <Button isBusy={restore.isPending} onClick={() => restore.mutate({ params: { id: one.id }, body: {} })}>
              {t('television.restore')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function AddDialog({ channelId, onClose }: { channelId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [mediaId, setMediaId] = useState('')
  const [title, setTitle] = useState('')
  const [minutes, setMinutes] = useState('')
  const { data, isFetching } = useQuery(playableQuery(text.trim()))
  const add = useWrite(addProgramme, useDone(onClose))
  const chosen = (data ?? []).find(({ id }) => id === mediaId)
  const isUnmeasured = chosen !== undefined && chosen.durationSeconds === null
  const body = {
    mediaId,
    ...(title.trim() ? { title } : {}),
    ...(isUnmeasured && minutes ? { minutes: Number(minutes) } : {}),
  }
  return (
    <FormDialog
      title={t('television.addProgramme')}
      verb={t('television.addVerb')}
      lead={t('television.addLead')}
      labels={{ '/body/mediaId': t('television.medium'), '/body/minutes': t('television.length') }}
      whyNot={mediaId === '' ? t('television.mediumFirst') : undefined}
      isBusy={add.isPending}
      error={add.error}
      onSubmit={() => add.mutate({ params: { id: channelId }, body })}
      onClose={onClose}
    >
      <Field label={t('television.medium')} required>
        {(wiring) => (
          <Select
            id={wiring.id}
            getPopupContainer={(node: HTMLElement) => node.closest<HTMLElement>('[role=dialog]') ?? document.body}
            className="org-picker"
            showSearch={{ filterOption: false, onSearch: setText }}
            placeholder={t('television.findMedium')}
            loading={isFetching}
            notFoundContent={isFetching ? null : t('television.noMedium')}
            value={mediaId || null}
            options={(data ?? []).map((one) => ({ value: one.id, label: `${one.title} · ${one.orgName}` }))}
            onChange={(value: string | null) => setMediaId(value ?? '')}
          />
        )}
      </Field>
      {isUnmeasured ? (
        <TextInput
          label={t('television.length')}
          required
          inputMode="numeric"
          value={minutes}
          onChange={(value) => setMinutes(value.replace(/\D/g, ''))}
        />
      ) : null}
      <TextInput label={t('television.ownTitle')} maxLength={60} value={title} onChange={setTitle} />
    </FormDialog>
  )
}
