import { expect, it } from "vitest";
import { diskRoom } from "../../../bot/queue/disk-room.ts";

const mebibyte = 1024 * 1024;

it("refuses to go on while the disk is too full, and goes on by itself once there is room", async () => {
  let [free, now] = [1_000 * mebibyte, 0];
  const hasRoom = diskRoom(
    "/data",
    async () => free,
    () => now,
  );
  await hasRoom();
  free = 20 * mebibyte;
  now += 1_000;
  await expect(hasRoom()).rejects.toThrow("The disk of /data has 20 MiB left, and the app's store needs 64. Make room");
  free = 64 * mebibyte;
  now += 1_000;
  await hasRoom();
});

it("asks the disk once a second, however many statements there are", async () => {
  let [times, now] = [0, 0];
  const hasRoom = diskRoom(
    "/data",
    async () => {
      times += 1;
      return 100 * mebibyte;
    },
    () => now,
  );
  await Promise.all(Array.from({ length: 50 }, hasRoom));
  now += 999;
  await hasRoom();
  expect(times).toBe(1);
});
