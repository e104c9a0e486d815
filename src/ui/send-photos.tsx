/** The form by which photos are sent, for pages that load `sendPhotosScript`. It shows from `opens` until `closes`, epoch ms. */
export function SendPhotos(props: { to: string; opens: number; closes: number; button?: string }) {
  return (
    <form class="send" data-to={props.to} data-opens={props.opens} data-closes={props.closes} hidden>
      <label>
        <input type="checkbox" /> The people in my photos agree that everybody with this page may see them.
      </label>
      <label>
        <input type="checkbox" /> Children can be recognised in them.
      </label>
      <label class={props.button}>
        <input type="file" multiple accept="image/jpeg,image/png,image/webp" /> Add photos
      </label>
      <p class="soft quiet">
        Somebody looks at them before anybody else sees them. What a camera notes about place and device is
        left out. They are sent while this page is open; what is left goes on when you open it again on this
        device.
      </p>
      <p class="said" role="status" />
      <ul class="files" />
    </form>
  );
}
