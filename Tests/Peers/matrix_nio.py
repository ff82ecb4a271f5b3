#!/usr/bin/env python3
"""A person of a homeserver who uses matrix-nio; matrix_synapse.py runs it.

    matrix_nio.py HOMESERVER USER PASSWORD BOT QUESTION ANSWER

Goes the way of matrix_synapse.py through the library's own types: a room in which those who do not speak to the bot are left
alone and a mention is answered in a thread, a changed question, and a direct room. Prints a line a step; ends with 1 where one fails.
"""
import asyncio, sys, time
from nio import AsyncClient, RoomMessageNotice, RoomMessageText, RoomPreset

HOMESERVER, USER, PASSWORD, BOT, QUESTION, ANSWER = sys.argv[1:]
CHANGED, CHANGED_ANSWER = "Which countries does ChatGPT on Google Cloud cover?", "Japan"
failures = 0


def check(name, ok, seen=None):
    global failures
    failures += not ok
    print(("ok    " if ok else "FAIL  ") + "matrix-nio: " + name + ("" if ok else f": {seen}"), flush=True)


class Client:
    """nio's client, and what it has heard of the bot."""
    def __init__(self):
        self.nio, self.heard = AsyncClient(HOMESERVER, USER), []
        self.nio.add_event_callback(self.take, (RoomMessageNotice, RoomMessageText))

    async def take(self, room, event):
        if event.sender == BOT: self.heard.append((room.room_id, event))

    async def until(self, wanted, seconds=20):
        end = time.time() + seconds
        while time.time() < end:
            if found := wanted(): return found
            await self.nio.sync(timeout=500)
        return wanted()

    async def hear(self, room, seconds=20):
        """The next thing that the bot says in a room; None after a time."""
        if await self.until(lambda: any(where == room for where, _ in self.heard), seconds):
            at = next(n for n, (where, _) in enumerate(self.heard) if where == room)
            return self.heard.pop(at)[1]

    async def room(self, **more):
        room = (await self.nio.room_create(invite=[BOT], **more)).room_id
        def member():
            seen = self.nio.rooms.get(room)
            return seen is not None and BOT in seen.users and not seen.users[BOT].invited
        return room, await self.until(member)

    async def say(self, room, content):
        return (await self.nio.room_send(room, "m.room.message", {"msgtype": "m.text", **content})).event_id


def relation(event): return event.source["content"].get("m.relates_to", {}) if event else {}


async def main():
    client = Client()
    entered = await client.nio.login(PASSWORD)
    check("it logs in", getattr(entered, "access_token", None), entered)
    await client.nio.sync(timeout=0)
    room, joined = await client.room(preset=RoomPreset.private_chat)
    check("an invitation is accepted", joined)
    await client.say(room, {"body": "just talking"})
    check("those who do not speak to the bot are left alone", await client.hear(room, 3) is None)
    root = await client.say(room, {"body": QUESTION, "m.mentions": {"user_ids": [BOT]}})
    first = await client.hear(room)
    check("a question is answered by a notice", isinstance(first, RoomMessageNotice) and ANSWER in first.body, first)
    check("in a thread that begins at it", relation(first).get("rel_type") == "m.thread" and relation(first).get("event_id") == root, first)
    await client.say(room, {"body": "Tell me more", "m.relates_to": {
        "rel_type": "m.thread", "event_id": root, "is_falling_back": True, "m.in_reply_to": {"event_id": root}}})
    more = await client.hear(room)
    check("what is said in the thread is for the bot", relation(more).get("event_id") == root, more)
    await client.say(room, {"body": "* " + CHANGED, "m.new_content": {"msgtype": "m.text", "body": CHANGED, "m.mentions": {"user_ids": [BOT]}},
                            "m.relates_to": {"rel_type": "m.replace", "event_id": root}})
    edit = await client.hear(room)
    check("a changed question changes its answer", relation(edit).get("event_id") == getattr(first, "event_id", None)
          and CHANGED_ANSWER in edit.source["content"]["m.new_content"]["body"], edit)
    direct, joined = await client.room(is_direct=True, preset=RoomPreset.trusted_private_chat)
    check("a direct room is joined", joined)
    await client.say(direct, {"body": QUESTION})
    answer = await client.hear(direct)
    check("and answered in without a mention, outside of threads", answer and ANSWER in answer.body and not relation(answer), answer)
    await client.nio.close()
    sys.exit(1 if failures else 0)


asyncio.run(main())
