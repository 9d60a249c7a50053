import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { sitDown } from "../test/at-the-desk";
import { HELD } from "../test/fixtures";

test("a customer is found by a few letters and opened with Enter", async () => {
  const { user, history } = sitDown();
  await screen.findByRole("region", { name: "Mine" });
  await screen.findAllByText("Lucía Romero");
  await user.keyboard("{Control>}k{/Control}");
  const field = await screen.findByRole("combobox", { name: "Find and do" });
  await user.type(field, "lucia");
  const options = within(screen.getByRole("listbox")).getAllByRole("option");
  expect(options).toHaveLength(1);
  expect(field.getAttribute("aria-activedescendant")).toBe(options[0]?.id);
  await user.keyboard("{Enter}");
  await waitFor(() => expect(history?.at(-1)).toBe(`/c/${HELD}`));
  expect(screen.queryByRole("combobox", { name: "Find and do" })).toBeNull();
});

test("what the open conversation allows is among the commands, with its key", async () => {
  const { user } = sitDown({ at: `/c/${HELD}` });
  await screen.findByRole("heading", { name: "Lucía Romero" });
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await screen.findByRole("combobox", { name: "Find and do" }), "transfer");
  const transfer = within(screen.getByRole("group", { name: "Do" })).getByRole("option", { name: /Transfer/ });
  expect(transfer.textContent).toContain("T");
  await user.click(transfer);
  await screen.findByRole("dialog", { name: /Transfer/ });
});

test("arrows go round, and nothing found is said", async () => {
  const { user } = sitDown();
  await screen.findAllByText("Lucía Romero");
  await user.keyboard("{Control>}k{/Control}");
  const field = await screen.findByRole("combobox", { name: "Find and do" });
  await user.keyboard("{ArrowUp}");
  const options = screen.getAllByRole("option");
  expect(field.getAttribute("aria-activedescendant")).toBe(options.at(-1)?.id);
  await user.keyboard("{ArrowDown}");
  expect(field.getAttribute("aria-activedescendant")).toBe(options[0]?.id);
  await user.type(field, "zzz");
  await screen.findByText("Nothing here for “zzz”");
});
