import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/**
 * Whether something is in sight or close to it: what costs much is fetched only then.
 * @param element what is looked for, once it is in the page
 */
export const useNear = (element: Readonly<Ref<Element | null>>): Readonly<Ref<boolean>> => {
  const near = ref(false)
  let observer: IntersectionObserver | null = null
  onMounted(() => {
    observer = new IntersectionObserver((entries) => (near.value = entries.at(-1)?.isIntersecting ?? false), { rootMargin: '50%' })
    if (element.value) observer.observe(element.value)
  })
  onBeforeUnmount(() => observer?.disconnect())
  return near
}
