// Parts of the widget that few customers meet are loaded when they do.
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Shows nothing until the part is there; what cannot be loaded is tried again the next time it is shown. */
export function lazily<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let known: ComponentType<Props> | null = null;
  return function Part(props: Props) {
    const [Loaded, setLoaded] = useState<ComponentType<Props> | null>(() => known);
    useEffect(() => {
      if (Loaded) return;
      load().then(
        (loaded) => {
          known = loaded;
          setLoaded(() => loaded);
        },
        () => {},
      );
    }, []);
    return Loaded ? <Loaded {...props} /> : null;
  };
}
