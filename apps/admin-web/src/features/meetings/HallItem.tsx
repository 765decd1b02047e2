import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import { showItem } from '@tongxin/contract/meetings.work'
import { Lamp, RefusalText, Select } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ALL_MEETINGS } from './meetings.api.ts'
import type { Meeting } from './meetings.types.ts'
import './year.css'

/** On the screen in the hall: the item that is dealt with, whether it can be voted on, and the result once there is one. */
export function HallItem({ meeting }: { meeting: Meeting }) {
  const { t, i18n } = useTranslation()
  const at = meeting.agenda.findIndex(({ id }) => id === meeting.currentItem)
  const item = meeting.agenda[at]
  const votes = item && item.votes !== 'none' ? item.votes : meeting.quorums[0]?.votes
  const quorum = meeting.quorums.find((one) => one.votes === votes)
  if (!item && !quorum) return null
  return (
    <section className="hall-item" aria-live="polite">
      {item ? <strong>{t('meetings.hall.item', { n: at + 1, title: item.title })}</strong> : null}
      {item?.vote ? (
        <Lamp state={item.vote.carried ? 'ok' : 'late'}>
          {t(item.vote.carried ? 'meetings.carried' : 'meetings.rejected')}{' '}
          {t('meetings.voteFigures', { ...item.vote })}
        </Lamp>
      ) : quorum ? (
        <p className="hall-quorum">
          <Lamp state={quorum.isMet ? 'ok' : 'warn'}>
            {t('meetings.quorumSays', { eligible: quorum.eligible, present: quorum.present, needed: quorum.needed })}
          </Lamp>{' '}
          <span className="hint">{i18n.language.startsWith('zh') ? quorum.citation.zh : quorum.citation.en}</span>
        </p>
      ) : null}
    </section>
  )
}

/** At the organiser's desk: which item the screen shows. */
export function HallControl({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('meetings.convene')
  const show = useWrite(showItem, { refreshes: ALL_MEETINGS })
  const isRunning = meeting.state === 'noticed' || meeting.state === 'in_progress'
  if (!isRunning || whyNot || meeting.agenda.length === 0) return null
  return (
    <section className="life-part">
      <Select
        label={t('meetings.hall.shown')}
        help={t('meetings.hall.help')}
        whenEmpty={t('meetings.hall.nothing')}
        value={meeting.currentItem ?? ''}
        onChange={(agendaId) => show.mutate({ params: { id: meeting.id }, body: { agendaId: agendaId || null } })}
        options={meeting.agenda.map((item, at) => ({ value: item.id, label: `${at + 1}. ${item.title}` }))}
      />
      <RefusalText error={show.error} />
    </section>
  )
}
