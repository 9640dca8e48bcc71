interface MarkdownNode {
  type: string
  alt?: string | null
  value?: string
  children?: MarkdownNode[]
}

/** A remark plugin: an image becomes the text that stands for it, before anything could fetch it. */
export function imagesAsText(): (tree: MarkdownNode) => void {
  return replaceImages
}

function replaceImages(node: MarkdownNode): void {
  if (!node.children) return
  node.children = node.children.map((child) => {
    if (child.type !== 'image' && child.type !== 'imageReference') return child
    return { type: 'text', value: child.alt ? `[image: ${child.alt}]` : '[image]' }
  })
  node.children.forEach(replaceImages)
}
