import { Icon } from './icon.tsx'
import type { IconName } from './icons.ts'

export type Section = 'inicio' | 'vender' | 'productos' | 'ventas' | 'personal' | 'cuenta'

const sections: { id: Section; href: string; name: string; icon: IconName }[] = [
  { id: 'inicio', href: '/', name: 'Inicio', icon: 'house' },
  { id: 'vender', href: '/pos', name: 'Vender', icon: 'calculator' },
  { id: 'productos', href: '/productos', name: 'Productos', icon: 'package' },
  { id: 'ventas', href: '/ventas', name: 'Ventas', icon: 'receipt-text' },
  { id: 'personal', href: '/personal', name: 'Personal', icon: 'users' },
]

/** The five sections: along the top on a PC, under the thumb on a phone. */
export function AppNav({ current }: { current?: Section | undefined }) {
  return (
    <nav class="app-nav" aria-label="Secciones">
      <ul class="app-nav-list">
        {sections.map((section) => (
          <li>
            <a
              class="nav-item"
              href={section.href}
              aria-current={section.id === current ? 'page' : undefined}
            >
              <Icon name={section.icon} />
              {section.name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
