import { Button, TextInput } from '@tongxin/ui'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import './library.css'

/** Looks for words when one says so: each search reads many documents. */
export function SearchBox({ value, onFind }: { value: string; onFind: (text: string) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState(value)
  return (
    <form
      className="library-search no-print"
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        onFind(text.trim())
      }}
    >
      <TextInput
        label={t('library.search')}
        type="search"
        maxLength={80}
        placeholder={t('library.searchHint')}
        value={text}
        onChange={setText}
      />
      <Button type="submit">
        <Search aria-hidden="true" />
        {t('library.find')}
      </Button>
    </form>
  )
}
