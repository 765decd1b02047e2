import { useQuery } from '@tanstack/react-query'
import type { ConversationPerson } from '@tongxin/contract/conversations.words'
import { ErrorState, Sheet, Skeleton, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { peopleQuery } from './conversations.api.ts'

/** Whom I call by `@`. */
export function CallSheet(props: { id: string; onCall: (person: ConversationPerson) => void; onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const query = useQuery(peopleQuery(props.id))
  const found = (query.data ?? []).filter(({ isMe, name }) => !isMe && name.includes(text.trim())).slice(0, 50)
  return (
    <Sheet isOpen title={t('conversations.callWhom')} onClose={props.onClose}>
      <TextInput label={t('conversations.name')} value={text} onChange={setText} />
      {query.isPending ? <Skeleton lines={4} /> : null}
      {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      <ul className="talk-people">
        {found.map((person) => (
          <li key={person.personId}>
            <button type="button" className="talk-person" onClick={() => props.onCall(person)}>
              <strong>{person.name}</strong>
              <span className="hint">{person.unitName}</span>
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
