import { TillElement } from './till/till-element.ts'

customElements.define('sk-till', TillElement)
